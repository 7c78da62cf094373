import { type JsonObject, omitUndefined } from '../json.ts';
import type { AccountData } from './account-data.ts';
import { createProject, deleteProject, type ProjectInput } from './projects.ts';
import type { ProjectLoss, SandboxProject } from './records.ts';
import type { Task } from './task.ts';
import { completeTask, deleteTask, moveTask, updateTask } from './tasks/change-task.ts';
import { createTask } from './tasks/create-task.ts';
import { type ShownDays, shownDays } from './tasks/shown-days.ts';
import { readTaskInput } from './tasks/task-input.ts';
import { type SandboxTask, taskToWire } from './tasks/task-to-wire.ts';

/** An account's data, read and changed as in TickTick's own app: no tokens, caps or rate limits apply. */
export interface TickTickTestUser {
  /** The inbox's real project id. */
  readonly inboxId: string;
  /** Every task except deleted ones, in any status. */
  tasks(): SandboxTask[];
  /** One task, even if deleted. Undefined if it never existed. */
  task(id: string): SandboxTask | undefined;
  /** Every project except the inbox. */
  projects(): SandboxProject[];
  /** Takes the fields that the API takes; throws if the API would refuse. */
  createTask(fields: JsonObject): SandboxTask;
  /** Merges the fields that the API takes; a status of 0 reopens. */
  updateTask(id: string, fields: JsonObject): SandboxTask;
  /** As in an app: a recurring task moves to its next date and leaves a completed copy. Offline, `at` is hours ago. */
  completeTask(id: string, at?: Date): void;
  /** What the app lists under Won't Do: abandoned tasks that have the time when that was decided. */
  wontDo(): SandboxTask[];
  /** The first and the last day on which the app shows the task; undefined without a date. */
  shownDays(id: string): ShownDays | undefined;
  /** To another project, or to the inbox by its real id. */
  moveTask(id: string, projectId: string): void;
  /** Deleted tasks can still be read by id, but appear in no list. */
  deleteTask(id: string): void;
  /** Takes the fields that the API takes. */
  createProject(fields: ProjectInput): SandboxProject;
  /** Deletes the project and its tasks. */
  deleteProject(id: string): void;
  /** Archives the project: its tasks are in no list, but stay in the project. `false` opens it again. */
  archiveProject(id: string, isArchived?: boolean): void;
  /** Leaves a shared project; requests for it then fail in this way. Undefined joins it again. */
  leaveProject(id: string, loss: ProjectLoss | undefined): void;
  /** Deleted tasks can't be read any more. */
  emptyTrash(): void;
}

export function createTestUser(data: AccountData): TickTickTestUser {
  const taskOf = (id: string): Task => {
    const task = data.tasks.get(id);
    if (!task) throw new RangeError(`There is no task ${id}`);
    return task;
  };
  return {
    inboxId: data.inboxId,
    tasks: () => [...data.listedTasks()].map((task) => taskToWire(data, task)),
    wontDo: () =>
      [...data.listedTasks()]
        .filter(({ status, completedTime }) => status === -1 && completedTime !== undefined)
        .map((task) => taskToWire(data, task)),
    task: (id) => (data.tasks.has(id) ? taskToWire(data, taskOf(id)) : undefined),
    projects: () => [...data.projects.values()].map((project) => omitUndefined(project)),
    createTask: (fields) => taskToWire(data, createTask(data, readTaskInput(fields))),
    updateTask: (id, fields) => {
      updateTask(data, taskOf(id), readTaskInput(fields));
      return taskToWire(data, taskOf(id));
    },
    completeTask: (id, at) => completeTask(data, taskOf(id), at?.getTime()),
    shownDays: (id) => shownDays(taskOf(id)),
    moveTask: (id, projectId) => moveTask(data, taskOf(id), projectId),
    deleteTask: (id) => deleteTask(data, taskOf(id)),
    createProject: (fields) => omitUndefined(createProject(data, fields)),
    deleteProject: (id) => deleteProject(data, id),
    archiveProject: (id, isArchived = true) => {
      const project = data.projects.get(id);
      if (!project) throw new RangeError(`There is no project ${id}`);
      project.closed = isArchived ? true : undefined;
    },
    leaveProject: (id, loss) => {
      if (loss === undefined) data.lostProjects.delete(id);
      else data.lostProjects.set(id, loss);
    },
    emptyTrash: () => {
      for (const task of data.tasks.values()) if (task.deleted) data.tasks.delete(task.id);
    },
  };
}
