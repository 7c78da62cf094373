/** What webhooks have at most; Azure DevOps' largest are some hundred kilobytes. */
const MOST_BYTES = 1_048_576;

/** The bytes of a delivery; `undefined` where they are too many. Reads no further than that. */
export async function readBody(request: Request): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length')) > MOST_BYTES) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Browsers' streams are no async iterables; a reader is there everywhere.
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    length += next.value.byteLength;
    if (length > MOST_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  const whole = new Uint8Array(length);
  let end = 0;
  for (const chunk of chunks) {
    whole.set(chunk, end);
    end += chunk.byteLength;
  }
  return whole;
}
