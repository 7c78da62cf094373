import { type ByteStream, readChunks } from './read-chunks.ts';

/** How much is read, and which errors are thrown. */
export interface ReadBytesOptions {
  /** The stream is released as soon as it has more bytes than this. */
  maxBytes: number;
  /** For a stream with more bytes than `maxBytes`. */
  tooLarge(): Error;
  /** For a chunk that is neither bytes nor text. */
  notBytes(): Error;
  /** Ends the reading, even while a read hangs. */
  signal?: AbortSignal | undefined;
}

/** Reads a stream to its end. If it is too large, it is released in the middle. */
export async function readBytes(
  stream: ByteStream,
  { maxBytes, tooLarge, notBytes, signal }: ReadBytesOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readChunks(stream, signal)) {
    const bytes = bytesOfChunk(chunk, notBytes);
    size += bytes.byteLength;
    if (size > maxBytes) throw tooLarge();
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

function bytesOfChunk(chunk: unknown, notBytes: () => Error): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk === 'string') return new TextEncoder().encode(chunk);
  throw notBytes();
}
