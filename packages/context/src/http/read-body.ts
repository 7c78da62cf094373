/** The largest webhooks, those of Azure DevOps, have some hundred kilobytes. */
const MAX_WEBHOOK_BYTES = 1_048_576;

/** Reads a webhook's body. `undefined` if it has more than 1 MiB; the rest is not read. */
export async function readWebhookBytes({ headers, body }: Request): Promise<Uint8Array | undefined> {
  if (Number(headers.get('content-length')) > MAX_WEBHOOK_BYTES) return undefined;
  return await collectBytes(chunksOf(body), MAX_WEBHOOK_BYTES);
}

/** Concatenates chunks. `undefined` if there are more than `maxBytes`; the rest is not read. */
export async function collectBytes(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const collected: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.byteLength;
    if (length > maxBytes) return undefined;
    collected.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let end = 0;
  for (const chunk of collected) {
    bytes.set(chunk, end);
    end += chunk.byteLength;
  }
  return bytes;
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
