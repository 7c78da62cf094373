import type { WebhookEvent } from '@context-sdk/oauth-core';
import { readWebhookBody } from '@context-sdk/oauth-core/client-kit';
import { WebhookParseError } from '@context-sdk/oauth-core/errors';
import * as z from 'zod/mini';
import type { Task } from '../tasks/task.ts';

/** One delivery of the guide's dialect: `{ event, data }`. An event of another name is kept as `unknown`. */
export type TickTickWebhookEvent =
  | WebhookEvent<'ticktick', 'task.created', Task>
  | WebhookEvent<'ticktick', 'task.updated', Task>
  | WebhookEvent<'ticktick', 'task.deleted', Pick<Task, 'id'> & Partial<Task>>
  | (WebhookEvent<'ticktick', 'unknown', unknown> & { event: string });

/** Made on first use, so that a bundle without webhooks is one without zod. */
function makeSchemas() {
  const text = z.string().check(z.minLength(1));
  const task = z.looseObject({ id: text });
  return {
    anyEvent: z.object({ event: text, data: z.optional(z.unknown()) }),
    taskEvent: z.discriminatedUnion('event', [
      z.object({ event: z.literal(['task.created', 'task.updated', 'task.deleted']), data: task }),
    ]),
  };
}

let schemas: ReturnType<typeof makeSchemas> | undefined;

function checked<T>(schema: z.ZodMiniType<T>, body: unknown): T {
  const result = z.safeParse(schema, body);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') || 'body';
  throw new WebhookParseError(`The webhook does not fit: ${field} is missing or not what it should be.`, {
    service: 'ticktick',
    field,
  });
}

/** A gateway need not have projects. */
function withProject(task: Record<string, unknown>): Record<string, unknown> {
  return typeof task['projectId'] === 'string' ? task : { ...task, projectId: '' };
}

const KNOWN = new Set(['task.created', 'task.updated', 'task.deleted']);

/**
 * Reads a webhook of the guide's dialect, from bytes, text or what a body parser made of them. Deliveries carry
 * no signature, so `verified` is false. Throws {@link WebhookParseError} naming the field that does not fit.
 */
export function parseTickTickWebhook(body: unknown): TickTickWebhookEvent {
  const raw = readWebhookBody(body, { service: 'ticktick' });
  schemas ??= makeSchemas();
  const { event, data } = checked(schemas.anyEvent, raw);
  const common = { source: 'ticktick', verified: false, raw } as const;
  if (!KNOWN.has(event)) return { ...common, type: 'unknown', event, data };
  const known = checked(schemas.taskEvent, raw);
  const task = known.event === 'task.deleted' ? known.data : withProject(known.data);
  return { ...common, type: known.event, data: task } as TickTickWebhookEvent;
}
