import { WebhookParseError } from '@context-sdk/oauth-core/errors';
import * as z from 'zod/mini';

/** What is relied on in a delivery. Whatever can be switched off, or was seen to be null, may be. */
export interface Delivery {
  eventType: string;
  id?: string | null | undefined;
  subscriptionId?: string | null | undefined;
  notificationId?: number | null | undefined;
  createdDate?: string | null | undefined;
  message?: { text?: string | null | undefined } | null | undefined;
  resource?: Record<string, unknown> | null | undefined;
  resourceContainers?: Record<string, unknown> | null | undefined;
}

/** Made on first use, so that a bundle without webhooks is one without zod. */
function makeSchema(): z.ZodMiniType<Delivery> {
  const anything = z.nullish(z.record(z.string(), z.unknown()));
  return z.object({
    eventType: z.string().check(z.minLength(1)),
    id: z.nullish(z.string()),
    subscriptionId: z.nullish(z.string()),
    notificationId: z.nullish(z.number()),
    createdDate: z.nullish(z.string()),
    message: z.nullish(z.object({ text: z.nullish(z.string()) })),
    resource: anything,
    resourceContainers: anything,
  });
}

let schema: z.ZodMiniType<Delivery> | undefined;

/** Throws {@link WebhookParseError} naming the field that does not fit. */
export function deliveryIn(body: unknown): Delivery {
  const result = z.safeParse((schema ??= makeSchema()), body);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') || 'body';
  throw new WebhookParseError(`The webhook does not fit: ${field} is missing or not what it should be.`, {
    service: 'azure-devops',
    field,
  });
}
