import type { TickTickCall } from '../../operations.ts';
import { readTask } from '../find-task.ts';
import { isOutOfReach, openTasksOf } from '../project-tasks.ts';

/** The name that every account's inbox has. Rows of the inbox that don't name their project are told by it. */
const ALIAS = 'inbox';

const found = new WeakMap<TickTickCall, Promise<string | undefined>>();

/**
 * The project's own id: routes with the project in the body don't take `inbox` (docs/facts/ticktick.md, Lists). Only tasks
 * show the inbox's; `taskId` is one that may be in it. At most three requests per call; without a task in the inbox, `inbox`.
 */
export async function ownProjectId(projectId: string, call: TickTickCall, taskId?: string): Promise<string> {
  if (projectId !== ALIAS) return projectId;
  const id = found.get(call) ?? inboxId(call, taskId);
  found.set(call, id);
  return (await id) ?? projectId;
}

async function inboxId(call: TickTickCall, taskId: string | undefined): Promise<string | undefined> {
  const shown = taskId === undefined ? undefined : await projectShown(taskId, call);
  if (shown !== undefined) return shown;
  const [first] = (await openTasksOf(ALIAS, call)) ?? [];
  if (first === undefined || first.projectId !== ALIAS) return first?.projectId;
  return await projectShown(first.id, call);
}

/** The project that a task of the inbox names. */
async function projectShown(taskId: string, call: TickTickCall): Promise<string | undefined> {
  try {
    const { projectId } = await readTask(taskId, ALIAS, call);
    return projectId === ALIAS ? undefined : projectId;
  } catch (error) {
    if (isOutOfReach(error)) return undefined;
    throw error;
  }
}
