import { WebhookVerificationError } from '@context-sdk/oauth-core';
import { parseTickTickWebhook } from '@context-sdk/ticktick-client';
import type { ContextEvent } from '../context-event.ts';
import type { Receive } from './receive.ts';

/**
 * A delivery of the guide's dialect. It carries no signature: the random key of its path, which only the gateway knows,
 * says whose it is. Without one nobody knows, and `verified` stays false.
 */
export const receiveTickTick: Receive = async ({ owners }, { body }, [key]) => {
  const userId = key === undefined ? undefined : await owners.ofTickTickKey(key);
  if (key !== undefined && userId === undefined) {
    throw new WebhookVerificationError('The address is not one that was given out.', { service: 'ticktick' });
  }
  const event = parseTickTickWebhook(body);
  return [userId === undefined ? event : ({ ...event, userId, verified: true } satisfies ContextEvent)];
};
