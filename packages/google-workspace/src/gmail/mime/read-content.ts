import { invalid } from '../errors.ts';
import { chunksOf, type Streamed } from '../streams/chunks-of.ts';
import type { MailSize } from './mail-size.ts';

/** Whether the content has to be read piece by piece, with an end that nobody knows before. */
export function isStreamed(content: unknown): content is Streamed {
  if (typeof content !== 'object' || content === null || isBytes(content)) return false;
  return content instanceof ReadableStream || Symbol.asyncIterator in content;
}

function isBytes(content: unknown): content is Uint8Array | ArrayBuffer | Blob {
  return content instanceof Uint8Array || content instanceof ArrayBuffer || content instanceof Blob;
}

/** Bytes of a content, where that can be told without reading it. Throws {@link InvalidRequestError} for one that is none. */
export function sizeOf(content: unknown, field: string): number | undefined {
  if (typeof content === 'string') {
    if (!content.isWellFormed()) throw invalid(field, 'is not well-formed Unicode');
    return Buffer.byteLength(content);
  }
  if (isBytes(content)) return content instanceof Blob ? content.size : content.byteLength;
  if (isTaken(content)) throw invalid(field, 'is a stream that somebody else reads or has read');
  if (isStreamed(content)) return undefined;
  throw invalid(field, 'is not a text, bytes, a Blob or a stream');
}

/** A stream of which somebody has had some already, as far as that can be seen: the rest would go as the whole. */
function isTaken(content: unknown): boolean {
  if (content instanceof ReadableStream) return content.locked;
  return isStreamed(content) && 'readableDidRead' in content && content.readableDidRead === true;
}

/** Content that is there, as bytes. */
export async function readWhole(content: unknown, field: string): Promise<Uint8Array> {
  if (typeof content === 'string') return Buffer.from(content);
  if (content instanceof Uint8Array) return content;
  if (content instanceof ArrayBuffer) return new Uint8Array(content);
  if (content instanceof Blob) return new Uint8Array(await content.arrayBuffer());
  throw invalid(field, 'is not a text, bytes, a Blob or a stream');
}

/** A stream to its end, unless it is too large for the mail: then it is refused, and let go of, in the middle. */
export async function readStream(
  stream: Streamed,
  { field, size, signal }: { field: string; size: MailSize; signal: AbortSignal | undefined },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(stream, signal)) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (!(bytes instanceof Uint8Array)) throw invalid(field, 'yields something other than bytes');
    length += bytes.byteLength;
    size.checkWith(length, field);
    chunks.push(bytes);
  }
  size.addAttachment(length, field);
  return Buffer.concat(chunks, length);
}
