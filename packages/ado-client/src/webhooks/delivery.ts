import { isObject } from '@context-sdk/oauth-core/client-kit';
import { WebhookParseError } from '@context-sdk/oauth-core/errors';

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

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';

/** By hand and not by zod: all that a process pays for at its start is these lines. */
const CHECKS: Readonly<Record<keyof Delivery, Check>> = {
  eventType: (value) => isText(value) && value !== '',
  id: isText,
  subscriptionId: isText,
  notificationId: Number.isFinite,
  createdDate: isText,
  message: isObject,
  resource: isObject,
  resourceContainers: isObject,
};

function misfit(field: string): WebhookParseError {
  return new WebhookParseError(`The webhook does not fit: ${field} is missing or not what it should be.`, {
    service: 'azure-devops',
    field,
  });
}

/** Throws {@link WebhookParseError} naming the field that does not fit. */
export function deliveryIn(body: unknown): Delivery {
  if (!isObject(body)) throw misfit('body');
  for (const [name, fits] of Object.entries(CHECKS)) {
    const value = body[name] ?? undefined;
    if (value === undefined ? name === 'eventType' : !fits(value)) throw misfit(name);
  }
  const { message } = body;
  const text = isObject(message) ? (message['text'] ?? '') : '';
  if (!isText(text)) throw misfit('message.text');
  return body as unknown as Delivery;
}
