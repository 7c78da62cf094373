import { type ApiCall, type ApiRoute, unknownException, writing } from '../api-call.ts';
import { membersOf } from '../projects.ts';
import { readObject, readString, required } from '../read-json.ts';
import type { Task } from '../task.ts';
import { touchTask } from '../tasks/change-task.ts';
import { getTask } from '../tasks/query-tasks.ts';
import { type SandboxTask, taskToWire } from '../tasks/task-to-wire.ts';

/** Who does a task. */
export const ASSIGNMENT_ROUTES: readonly ApiRoute[] = [
  writing('task.assign', 'POST /task/assign', assign),
  writing('task.unassign', 'POST /task/unassign', (call) => setAssignee(call, taskOf(call), undefined)),
];

/** Only to a member of the project; that anybody else is refused is inference. */
function assign(call: ApiCall): SandboxTask {
  const task = taskOf(call);
  const username = required(readString(readObject(call.body), 'assigneeUsername'));
  if (!membersOf(call.data, task.projectId).some((member) => member.username === username)) {
    throw unknownException();
  }
  return setAssignee(call, task, username);
}

function taskOf({ data, body }: ApiCall): Task {
  const projectId = required(readString(readObject(body), 'projectId'));
  return getTask(data, projectId, required(readString(readObject(body), 'taskId')));
}

function setAssignee({ data }: ApiCall, task: Task, username: string | undefined): SandboxTask {
  task.assigneeUsername = username;
  touchTask(data, task);
  return taskToWire(data, task);
}
