/** How much is read, and what is thrown where the stream does not fit. */
export interface ReadBytesOptions {
  /** The stream is let go as soon as it has more bytes than this. */
  maxBytes: number;
  tooLarge(): Error;
  /** For a chunk that is neither bytes nor text. */
  notBytes(): Error;
}

function bytesOfChunk(chunk: unknown, notBytes: () => Error): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk === 'string') return new TextEncoder().encode(chunk);
  throw notBytes();
}

/** A stream to its end, unless it is too large: then it is let go in the middle. */
export async function readBytes(
  stream: AsyncIterable<unknown>,
  { maxBytes, tooLarge, notBytes }: ReadBytesOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
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
