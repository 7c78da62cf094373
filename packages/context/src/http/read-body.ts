import { readBytes } from '@context-sdk/oauth-core/client-kit';

class BodyTooLarge extends Error {}

/** Reads a body of bytes. `undefined` if it has more than `maxBytes`; the rest is not read. */
export async function readBody(
  stream: AsyncIterable<unknown>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const tooLarge = (): Error => new BodyTooLarge();
  const notBytes = (): Error => new TypeError('The body is not a stream of bytes.');
  try {
    return await readBytes(stream, { maxBytes, tooLarge, notBytes });
  } catch (error) {
    if (error instanceof BodyTooLarge) return undefined;
    throw error;
  }
}
