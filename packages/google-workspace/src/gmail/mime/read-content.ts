import { type ByteStream, readChunks } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { MailSize } from './mail-size.ts';

/** Whether the content must be read chunk by chunk, so that its size is unknown until the end. */
export function isStreamed(content: unknown): content is ByteStream {
  if (typeof content !== 'object' || content === null || isBytes(content)) return false;
  return content instanceof ReadableStream || Symbol.asyncIterator in content;
}

function isBytes(content: unknown): content is Uint8Array | ArrayBuffer | Blob {
  return content instanceof Uint8Array || content instanceof ArrayBuffer || content instanceof Blob;
}

/** The size of a content in bytes, if it is known without reading. Throws {@link InvalidRequestError} if it isn't one. */
export function sizeOf(content: unknown, field: string): number | undefined {
  if (typeof content === 'string') {
    if (!content.isWellFormed()) throw invalid(field, 'is not well-formed Unicode');
    return Buffer.byteLength(content);
  }
  if (isBytes(content)) return content instanceof Blob ? content.size : content.byteLength;
  if (isTaken(content)) throw invalid(field, 'is a stream that is being read, or has been read');
  if (isStreamed(content)) return undefined;
  throw invalid(field, 'is not a string, bytes, a Blob or a stream');
}

/** A stream that has been read in part, as far as that is visible: the rest would be sent as if it were everything. */
function isTaken(content: unknown): boolean {
  if (content instanceof ReadableStream) return content.locked;
  return isStreamed(content) && 'readableDidRead' in content && content.readableDidRead === true;
}

/** Content in memory, as bytes. */
export async function readWhole(content: unknown, field: string): Promise<Uint8Array> {
  if (typeof content === 'string') return Buffer.from(content);
  if (content instanceof Uint8Array) return content;
  if (content instanceof ArrayBuffer) return new Uint8Array(content);
  if (content instanceof Blob) return new Uint8Array(await content.arrayBuffer());
  throw invalid(field, 'is not a string, bytes, a Blob or a stream');
}

/** Reads a stream to its end. If it is too large for the message, it is refused, and released in the middle. */
export async function readStream(
  stream: ByteStream,
  { field, size, signal }: { field: string; size: MailSize; signal: AbortSignal | undefined },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readChunks(stream, signal)) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (!(bytes instanceof Uint8Array)) throw invalid(field, 'yields something other than bytes');
    length += bytes.byteLength;
    size.checkWith(length, field);
    chunks.push(bytes);
  }
  size.addAttachment(length, field);
  return Buffer.concat(chunks, length);
}
