import type { ReceivedResponse } from './exchange.ts';

const EMPTY_BY_DEFINITION = new Set([204, 205, 304]);

type Received = Pick<ReceivedResponse, 'status' | 'headers' | 'bytes'>;

/** Without what is overridden: Node's types have it as properties, which a class can't override with methods. */
type Base = new (
  body: null,
  init: ResponseInit,
) => Pick<Response, 'headers' | 'ok' | 'redirected' | 'status' | 'statusText' | 'type' | 'url'>;

/** Over the global Response, which a server library may put its own in place of. */
function bufferedOver(Native: typeof Response) {
  return class extends (Native as Base) {
    readonly #received: Received;
    #made: Response | undefined;

    constructor(received: Received) {
      super(null, received);
      this.#received = received;
    }

    get #native(): Response {
      return (this.#made ??= new Native(this.#received.bytes, this.#received));
    }

    async text(): Promise<string> {
      return new TextDecoder().decode(this.#received.bytes);
    }

    async json(): Promise<unknown> {
      return JSON.parse(await this.text());
    }

    async arrayBuffer(): Promise<ArrayBuffer> {
      return await this.#native.arrayBuffer();
    }

    async blob(): Promise<Blob> {
      return await this.#native.blob();
    }

    async bytes(): Promise<Uint8Array<ArrayBuffer>> {
      return new Uint8Array(await this.arrayBuffer());
    }

    async formData(): Promise<FormData> {
      return await this.#native.formData();
    }

    clone(): Response {
      return this.#native.clone();
    }

    get body(): Response['body'] {
      return this.#native.body;
    }

    get bodyUsed(): boolean {
      return this.#made?.bodyUsed ?? false;
    }
  };
}

let over: typeof Response | undefined;
let Buffered: ReturnType<typeof bufferedOver>;

/**
 * A Response over bytes that have all arrived. A native one copies them into a stream and reads them back, in every call.
 * This one reads text and JSON directly, and makes a native one for anything else.
 */
export function bufferedResponse(received: Received): Response {
  if (EMPTY_BY_DEFINITION.has(received.status)) return new Response(null, received);
  if (over !== Response) [over, Buffered] = [Response, bufferedOver(Response)];
  return new Buffered(received) as Response;
}
