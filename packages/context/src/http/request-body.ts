import { ConfigurationError } from '@context-sdk/oauth-core';
import { readBytes } from '@context-sdk/oauth-core/client-kit';

/** A body has more bytes than its route accepts. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a request's body when it is called. Rejects with {@link BodyTooLargeError}, and with {@link ConfigurationError} if
 * something in front of the handler has read the body: an empty one would pass for a delivery without content.
 */
export function requestBody(request: Request, maxBytes: number): () => Promise<Uint8Array<ArrayBuffer>> {
  return async () => {
    const { body, headers } = request;
    if (request.bodyUsed || body?.locked) throw bodyWasRead();
    const length = Number(headers.get('content-length') ?? Number.NaN);
    if (length > maxBytes) throw new BodyTooLargeError();
    const bytes = body === null ? new Uint8Array() : await readAll(body, maxBytes);
    if (bytes.byteLength === 0 && (length > 0 || headers.has('transfer-encoding'))) throw bodyWasRead();
    const isOfLength = Number.isNaN(length) || headers.has('content-encoding') || length === bytes.byteLength;
    if (!isOfLength) markParsed(request);
    return bytes;
  };
}

/** Requests whose body is what a body parser or the host made of it, in place of what was sent. */
const parsed = new WeakSet<Request>();

export function markParsed(request: Request): Request {
  parsed.add(request);
  return request;
}

/** Whether a body that makes no sense may have made some before a parser read it. */
export function wasParsed(request: Request): boolean {
  return parsed.has(request);
}

/** The body of a request whose own was read: routes that need none answer all the same. */
export function missingBody(): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.error(bodyWasRead()) }, { highWaterMark: 0 });
}

/** The error for a body that is no longer there. */
export function bodyWasRead(): ConfigurationError {
  return new ConfigurationError(
    'Something read the request’s body, or put another in its place, before Context SDK could: probably a body parser. Mount the handler in front of it.',
  );
}

function readAll(body: ReadableStream, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  return readBytes(body, {
    maxBytes,
    tooLarge: () => new BodyTooLargeError(),
    notBytes: () => new TypeError('The body is not a stream of bytes.'),
  });
}
