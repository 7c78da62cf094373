import { readBytes } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';

/** 60 MB: docs/facts/azure-devops.md#attachments */
const MAX_BYTES = 60 * 1024 * 1024;

/** What a file can be given as. A `Buffer` is a `Uint8Array`; Node's streams are async iterables. */
export type AttachmentData = string | Uint8Array | ArrayBuffer | Blob | AsyncIterable<Uint8Array | string>;

function tooLarge(bytes: string): Error {
  return invalid('data', `has ${bytes} bytes, and Azure DevOps takes at most ${MAX_BYTES}`);
}

async function bytesOf(data: AttachmentData): Promise<Uint8Array> {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (data instanceof Blob) {
    if (data.size > MAX_BYTES) throw tooLarge(String(data.size));
    return new Uint8Array(await data.arrayBuffer());
  }
  const isStream = typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
  if (!isStream) throw invalid('data', 'is not text, bytes, a Blob or a stream');
  // Read to the end before anything is sent, so that a stream that is too long is refused, and none is cut.
  return await readBytes(data, {
    maxBytes: MAX_BYTES,
    tooLarge: () => tooLarge(`more than ${MAX_BYTES}`),
    notBytes: () => invalid('data', 'yields something other than bytes or text'),
  });
}

/** The bytes of a file. Throws {@link InvalidRequestError} for more than Azure DevOps takes. */
export async function attachmentBytes(data: AttachmentData): Promise<Uint8Array> {
  const bytes = await bytesOf(data);
  if (bytes.byteLength > MAX_BYTES) throw tooLarge(String(bytes.byteLength));
  return bytes;
}
