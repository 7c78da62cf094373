import { WebhookParseError } from '@context-sdk/context';
import { parseTickTickWebhook, type TickTickWebhookEvent } from '@context-sdk/context/ticktick';

/** For a route of your own. It takes a body as text, as bytes, or parsed. Anyone can send to it. */
export function receive(body: unknown, queue: TickTickWebhookEvent[]): Response {
  try {
    queue.push(parseTickTickWebhook(body));
    return Response.json({ status: 'received' });
  } catch (error) {
    if (error instanceof WebhookParseError) return Response.json({ detail: error.message }, { status: 400 });
    throw error;
  }
}
