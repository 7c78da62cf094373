import type { WebhookEvent } from '@context-sdk/oauth-core';
import { isObject, readWebhookBody } from '@context-sdk/oauth-core/client-kit';
import { WebhookParseError } from '@context-sdk/oauth-core/errors';
import { readFields } from '../input.ts';
import { TASK } from '../tasks/read-tasks.ts';
import type { Task } from '../tasks/task.ts';

/** One delivery of the guide's dialect: `{ event, data }`. An event of another name is kept as `unknown`. */
export type TickTickWebhookEvent =
  | WebhookEvent<'ticktick', 'task.created', Task>
  | WebhookEvent<'ticktick', 'task.updated', Task>
  | WebhookEvent<'ticktick', 'task.deleted', Pick<Task, 'id'> & Partial<Task>>
  | (WebhookEvent<'ticktick', 'unknown', unknown> & { event: string });

function notFitting(field: string): WebhookParseError {
  return new WebhookParseError(`The webhook does not fit: ${field} is missing or not what it should be.`, {
    service: 'ticktick',
    field,
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** As in lists, `null` is what isn't set. */
function withoutNulls(task: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(task).filter(([, value]) => value !== null));
}

/** A gateway need not have projects. */
function withProject(task: Record<string, unknown>): Record<string, unknown> {
  return typeof task['projectId'] === 'string' ? task : { ...task, projectId: '' };
}

const KNOWN = new Set(['task.created', 'task.updated', 'task.deleted']);

/** Of a deleted task, there can be no more than its id. */
const DELETED_TASK = { ...TASK, text: '' };

/**
 * Reads a webhook of the guide's dialect, from bytes, text or what a body parser made of them. Deliveries carry
 * no signature, so `verified` is false. What a task has as `null`, or in a form that can't be read, is absent, as in lists; `raw` has it.
 * Throws {@link WebhookParseError} naming the field that does not fit.
 */
export function parseTickTickWebhook(body: unknown): TickTickWebhookEvent {
  const raw = readWebhookBody(body, { service: 'ticktick' });
  if (!isObject(raw)) throw notFitting('body');
  const { event, data } = raw;
  if (!isText(event)) throw notFitting('event');
  const common = { source: 'ticktick', verified: false, raw } as const;
  if (!KNOWN.has(event)) return { ...common, type: 'unknown', event, data };
  if (!isObject(data)) throw notFitting('data');
  if (!isText(data['id'])) throw notFitting('data.id');
  const fields = withoutNulls(data);
  const isDeleted = event === 'task.deleted';
  const task = isDeleted ? readFields(fields, DELETED_TASK) : readFields(withProject(fields), TASK);
  return { ...common, type: event, data: task } as TickTickWebhookEvent;
}
