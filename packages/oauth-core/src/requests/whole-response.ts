/**
 * A Response over bytes that are all there. The native `text` and `json` would stream the bytes a second time, for
 * every call; these read them where they are. Everything else is the native Response's.
 */
export function wholeResponse(bytes: ArrayBuffer | null, init: ResponseInit): Response {
  const text = (): string => (bytes === null ? '' : new TextDecoder().decode(bytes));
  return Object.assign(new Response(bytes, init), {
    text: async () => text(),
    json: async (): Promise<unknown> => JSON.parse(text()),
  });
}
