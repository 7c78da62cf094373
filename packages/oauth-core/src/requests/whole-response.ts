/**
 * A Response over bytes that are all there. The native one copies them into a stream to read them back, for every call;
 * this one reads text and JSON where they are, and leaves anything else to a native one that is made then.
 */
export function wholeResponse(bytes: ArrayBuffer | null, init: ResponseInit): Response {
  const response = new Response(null, init);
  if (bytes === null) return response;
  let made: Response | undefined;
  const native = (): Response => (made ??= new Response(bytes, init));
  const text = (): string => new TextDecoder().decode(bytes);
  Object.defineProperties(response, {
    body: { get: () => native().body },
    bodyUsed: { get: () => made?.bodyUsed ?? false },
  });
  return Object.assign(response, {
    text: async () => text(),
    json: async (): Promise<unknown> => JSON.parse(text()),
    arrayBuffer: () => native().arrayBuffer(),
    blob: () => native().blob(),
    bytes: async () => new Uint8Array(await native().arrayBuffer()),
    formData: () => native().formData(),
    clone: () => native().clone(),
  });
}
