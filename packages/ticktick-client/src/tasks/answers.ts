import { NotFoundError, UnexpectedResponseError } from '@context-sdk/oauth-core';
import { expectObject } from '../transport/expect.ts';
import type { Task } from './task.ts';
import type { BatchReceipt } from './task-routes.ts';

export function taskNotFound(id: string): NotFoundError {
  return new NotFoundError(`TickTick has no task ${id} there.`, { service: 'ticktick' });
}

/** One task. TickTick's way to say "no such task here" is 200 without content. */
export function taskFrom(answer: unknown, name: string, id: string): Task {
  if (answer === undefined) throw taskNotFound(id);
  return expectObject<Task>(answer, ['id', 'projectId'], name);
}

export function createdTaskFrom(answer: unknown, name: string): Task {
  if (answer === undefined) {
    throw new UnexpectedResponseError(
      `ticktick answered ${name} without the task: whether it was created is not known.`,
      { service: 'ticktick', status: 200 },
    );
  }
  return expectObject<Task>(answer, ['id', 'projectId'], name);
}

export function receiptFrom(answer: unknown, name: string): BatchReceipt {
  const { id2etag, id2error } = expectObject<Partial<BatchReceipt>>(answer, [], name);
  return {
    id2etag: expectObject(id2etag ?? {}, [], name, 'id2etag'),
    id2error: expectObject(id2error ?? {}, [], name, 'id2error'),
  };
}
