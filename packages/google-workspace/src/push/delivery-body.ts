import { readWebhookBody, WebhookParseError } from '@context-sdk/oauth-core';
import { chunksOf } from '../streams/chunks-of.ts';
import type { PushHeaders } from './push-headers.ts';

/** A delivery whose body a framework has read, or parsed, already. */
export interface ReadDelivery {
  headers: PushHeaders;
  /** Text, bytes, or the JSON that they are. */
  body: unknown;
}

/** Pub/Sub's messages have at most 10 MB; those of Gmail less than a kilobyte. */
const MAX_BYTES = 65_536;

/** The JSON of a delivery. Throws {@link WebhookParseError} where it is too long or not JSON. */
export async function deliveryBody(
  delivery: Request | ReadDelivery,
  maxBytes: number = MAX_BYTES,
): Promise<unknown> {
  const { body } = delivery;
  if (delivery instanceof Request && delivery.bodyUsed)
    throw unreadable('has been read already: give { headers, body }');
  const whole = body instanceof ReadableStream ? await readAll(body, maxBytes) : body;
  return readWebhookBody(whole, { service: 'gmail', maxBytes });
}

async function readAll(body: ReadableStream, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(body)) {
    if (!(chunk instanceof Uint8Array)) throw unreadable('is no stream of bytes');
    length += chunk.byteLength;
    if (length > maxBytes) throw unreadable(`has over ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function unreadable(problem: string): WebhookParseError {
  return new WebhookParseError(`The body ${problem}.`, { service: 'gmail', field: 'body' });
}
