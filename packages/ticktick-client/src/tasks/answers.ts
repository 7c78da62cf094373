import { type NotFoundError, UnexpectedResponseError } from '@context-sdk/oauth-core';
import type { Answer } from '../transport/answer.ts';
import { notFound } from '../transport/not-found.ts';
import type { Task } from './task.ts';
import type { BatchReceipt } from './task-routes.ts';

export function taskNotFound(id: string): NotFoundError {
  return notFound(`task ${id} there`);
}

/** One task. TickTick's way to say "no such task here" is 200 without content. */
export function taskFrom(answer: Answer, id: string): Task {
  return answer.present(`task ${id} there`).object<Task>('id', 'projectId');
}

export function tasksFrom(answer: Answer): Task[] {
  return answer.list<Task>('id', 'projectId');
}

export function createdTaskFrom(answer: Answer, name: string): Task {
  if (answer.value === undefined) {
    throw new UnexpectedResponseError(
      `ticktick answered ${name} without the task: whether it was created is not known.`,
      { service: 'ticktick', status: 200 },
    );
  }
  return answer.object<Task>('id', 'projectId');
}

export function receiptFrom(answer: Answer): BatchReceipt {
  return { id2etag: answer.member('id2etag', {}).object(), id2error: answer.member('id2error', {}).object() };
}
