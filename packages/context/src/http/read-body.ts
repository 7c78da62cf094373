import { readBytes } from '@context-sdk/oauth-core/client-kit';

/** The largest webhooks, those of Azure DevOps, have some hundred kilobytes. */
const MAX_WEBHOOK_BYTES = 1_048_576;

class BodyTooLarge extends Error {}

/** Reads a webhook's body. `undefined` if it has more than 1 MiB; the rest is not read. */
export async function readWebhookBytes({ headers, body }: Request): Promise<Uint8Array | undefined> {
  if (Number(headers.get('content-length')) > MAX_WEBHOOK_BYTES) return undefined;
  return await readLimited(chunksOf(body), MAX_WEBHOOK_BYTES);
}

/** Reads a stream of bytes. `undefined` if it has more than `maxBytes`; the rest is not read. */
export async function readLimited(
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

/** Reads a stream with a reader, since streams are not async iterable in every runtime. */
async function* chunksOf(body: Request['body']): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  try {
    for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
      yield next.value;
    }
  } finally {
    await reader?.cancel();
  }
}
