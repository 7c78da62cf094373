import type { JsonObject } from '../../json.ts';
import type { AccountData } from '../account-data.ts';
import { ApiFailure } from '../api-call.ts';
import { isObjectId } from '../ids.ts';
import { readString } from '../read-json.ts';
import type { Task } from '../task.ts';
import { updateTask } from './change-task.ts';
import { createTask } from './create-task.ts';
import { readTaskInput } from './task-input.ts';

/** What became of each task of a batch, by its id. */
export interface BatchReceipt {
  readonly id2etag: Record<string, string>;
  readonly id2error: Record<string, BatchError>;
}

/** The documented codes that the sandbox has a reason for. */
export type BatchError =
  'EXISTED' | 'DELETED' | 'NOT_EXISTED' | 'PROJECT_MOVE_ERROR' | 'NO_PROJECT_PERMISSION' | 'UNKNOWN';

/** Whether a 24-hex id that a new task brings along is kept; any other id never is. */
export type ProposedIds = 'keep' | 'assign';

export function runBatch(
  data: AccountData,
  { add, update }: { add: readonly JsonObject[]; update: readonly JsonObject[] },
  proposedIds: ProposedIds,
): BatchReceipt {
  const receipt: BatchReceipt = { id2etag: {}, id2error: {} };
  for (const body of add) {
    const proposed = stringOrUndefined(body, 'id');
    const keeps = proposedIds === 'keep' && proposed !== undefined && isObjectId(proposed);
    const id = keeps ? proposed : data.newId();
    note(receipt, id, () => addOne(data, body, id));
  }
  for (const body of update) note(receipt, stringOrUndefined(body, 'id') ?? '', () => updateOne(data, body));
  return receipt;
}

function note(receipt: BatchReceipt, id: string, work: () => Task | BatchError): void {
  const outcome = orUnknown(work);
  if (typeof outcome === 'string') receipt.id2error[id] = outcome;
  else receipt.id2etag[id] = outcome.etag;
}

function orUnknown(work: () => Task | BatchError): Task | BatchError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiFailure) return 'UNKNOWN';
    throw error;
  }
}

function addOne(data: AccountData, body: JsonObject, id: string): Task | BatchError {
  if (data.tasks.has(id)) return 'EXISTED';
  const input = readTaskInput(body);
  if (input.projectId && !data.hasProject(input.projectId)) return 'NO_PROJECT_PERMISSION';
  return createTask(data, input, id);
}

function updateOne(data: AccountData, body: JsonObject): Task | BatchError {
  const input = readTaskInput(body);
  const task = data.tasks.get(readString(body, 'id') ?? '');
  if (!task) return 'NOT_EXISTED';
  if (task.deleted) return 'DELETED';
  if (!data.hasProject(input.projectId ?? '')) return 'NO_PROJECT_PERMISSION';
  if (task.projectId !== input.projectId) return 'PROJECT_MOVE_ERROR';
  updateTask(data, task, input);
  return task;
}

function stringOrUndefined(body: JsonObject, key: string): string | undefined {
  const value = body[key];
  return typeof value === 'string' ? value : undefined;
}
