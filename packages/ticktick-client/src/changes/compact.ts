import { fromBase64, parseJsonObject, toBase64 } from '@context-sdk/oauth-core/client-kit';

/** Shorter texts gain little. */
const MIN_LENGTH = 1_000;

/** The text as a JSON object of a tenth of its size: tasks are much alike. */
export async function compacted(text: string): Promise<string> {
  if (text.length < MIN_LENGTH) return text;
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return JSON.stringify({ deflated: toBase64(bytes) });
}

/** What {@link compacted} was given; undefined for what is damaged. Text that was never made shorter stays as it is. */
export async function expanded(text: string): Promise<string | undefined> {
  const { deflated }: { deflated?: unknown } = parseJsonObject(text) ?? {};
  if (deflated === undefined) return text;
  const bytes = typeof deflated === 'string' ? fromBase64(deflated) : undefined;
  if (bytes === undefined) return undefined;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return await new Response(stream).text();
  } catch {
    return undefined;
  }
}
