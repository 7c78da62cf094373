import type { CallOptions, Pipeline } from '@context-sdk/oauth-core';
import type { LibraryAnswer, LibraryCall } from '../library/library-call.ts';
import { libraryFailure } from '../library/library-failure.ts';
import { Answer } from './answer.ts';
import type { Method } from './method.ts';

export interface RequestsOptions<Api, Name extends string> {
  service: string;
  pipeline: Pipeline;
  methods: Readonly<Record<Name, Method>>;
  /** Makes Google's client; called with the first request. */
  library: () => Promise<Api>;
  /** Where Google's library sends requests, and where they go instead. */
  root: string;
  baseUrl: string;
}

/** Sends requests: through Google's library where it has a method, else straight through the pipeline. */
export class Requests<Api, Name extends string> {
  readonly #options: RequestsOptions<Api, Name>;
  #api: Promise<Api> | undefined;

  constructor(options: RequestsOptions<Api, Name>) {
    this.#options = options;
  }

  /** One request through Google's library, which is loaded with the first one. */
  async call(
    name: Name,
    options: CallOptions | undefined,
    send: (api: Api, call: LibraryCall) => Promise<LibraryAnswer>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const { service } = this.#options;
    const fetch = this.fetchFor(name, options);
    let failure: unknown;
    const noting = async (url: string | URL, init?: RequestInit): Promise<Response> => {
      try {
        return await fetch(url, init);
      } catch (error) {
        failure = error;
        throw error;
      }
    };
    const api = await this.#load();
    try {
      const { data } = await send(api, { fetchImplementation: noting, retry: false, headers });
      return new Answer(service, name, data);
    } catch (error) {
      // What our pipeline threw comes back wrapped in an error of the library that holds the whole request.
      throw failure ?? libraryFailure(service, name, error);
    }
  }

  /** The pipeline's `fetch` for one of Google's methods. */
  fetchFor(name: Name, options: CallOptions = {}): typeof fetch {
    const { pipeline, methods, root, baseUrl } = this.#options;
    const { signal, timeoutMs, deadlineMs, maxWaitMs } = options;
    const call = { signal, timeoutMs, deadlineMs, maxWaitMs, ...methods[name], operation: name };
    const fetch = pipeline.fetchFor(call);
    return (input, init) => fetch(String(input).replace(root, baseUrl), init);
  }

  #load(): Promise<Api> {
    return (this.#api ??= this.#options.library().catch((error: unknown) => {
      this.#api = undefined;
      throw error;
    }));
  }
}
