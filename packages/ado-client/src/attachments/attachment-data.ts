import { invalid } from '../input/invalid.ts';

/** 60 MB: docs/facts/azure-devops.md#attachments */
export const MOST_BYTES: number = 60 * 1024 * 1024;

/** What a file can be given as. A `Buffer` is a `Uint8Array`; Node's streams are async iterables. */
export type AttachmentData = string | Uint8Array | ArrayBuffer | Blob | AsyncIterable<Uint8Array | string>;

function tooLarge(bytes: string): Error {
  return invalid('data', `has ${bytes} bytes, and Azure DevOps takes at most ${MOST_BYTES}`);
}

/** Streams are read to the end before anything is sent, so that one that is too long is refused, and none is cut. */
async function collected(data: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of data) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.byteLength;
    if (size > MOST_BYTES) throw tooLarge(`more than ${MOST_BYTES}`);
    chunks.push(bytes);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

async function bytesOf(data: AttachmentData): Promise<Uint8Array> {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (data instanceof Blob) {
    if (data.size > MOST_BYTES) throw tooLarge(String(data.size));
    return new Uint8Array(await data.arrayBuffer());
  }
  const isStream = typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
  if (!isStream) throw invalid('data', 'is no text, bytes, Blob or stream');
  return await collected(data);
}

/** The bytes of a file. Throws {@link InvalidRequestError} for more than Azure DevOps takes. */
export async function attachmentBytes(data: AttachmentData): Promise<Uint8Array> {
  const bytes = await bytesOf(data);
  if (bytes.byteLength > MOST_BYTES) throw tooLarge(String(bytes.byteLength));
  return bytes;
}
