import type { IncomingMessage } from 'node:http';

/** More than any webhook has: the routes have limits of their own. */
const MOST_BYTES = 2 * 1_048_576;

/** The body has more than the handler ever reads. */
export class BodyTooLarge extends Error {}

/** A request's body: read here, or what a body parser made of it before. Throws {@link BodyTooLarge}. */
export async function bodyOf(request: IncomingMessage & { body?: unknown }): Promise<BodyContent> {
  const { body } = request;
  if (request.readableEnded && body !== undefined) return writtenAgain(body, request);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > MOST_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let end = 0;
  for (const chunk of chunks) {
    whole.set(chunk, end);
    end += chunk.byteLength;
  }
  return whole;
}

/** What a `Request` takes without a content type of its own. */
type BodyContent = Uint8Array<ArrayBuffer> | string;

/** Parsers give bytes, text, or the object that was sent, as JSON or as a form. */
function writtenAgain(body: unknown, { headers }: IncomingMessage): BodyContent {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  if (typeof body === 'string') return body;
  const isForm = headers['content-type']?.includes('application/x-www-form-urlencoded');
  return isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body);
}
