import {
  type CallOptions,
  ConfigurationError,
  ContextSdkError,
  type Effect,
  type Pipeline,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import type { KyInstance } from 'ky';

export interface Operation {
  /** The client's method, for errors and events. */
  name: string;
  effect: Effect;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the base URL; ids in it are checked. */
  path: string;
  json?: unknown;
  searchParams?: Record<string, string | number>;
}

export interface Transport {
  /** The answer's JSON; `undefined` for an answer without content, which TickTick uses for success and failure. */
  send(operation: Operation, options?: CallOptions): Promise<unknown>;
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}

let loadedKy: KyInstance | undefined;

/** Loaded with the first request: it costs more than the rest of the client together. */
async function loadKy(): Promise<KyInstance> {
  const { default: ky } = await import('ky');
  loadedKy = ky;
  return ky;
}

export class KyTransport implements Transport {
  readonly #pipeline: Pipeline;
  readonly #baseUrl: string;

  constructor(pipeline: Pipeline, baseUrl: string) {
    this.#pipeline = pipeline;
    this.#baseUrl = baseUrl;
  }

  async send(operation: Operation, options: CallOptions = {}): Promise<unknown> {
    const { name, effect, method, path, json, searchParams } = operation;
    const ky = loadedKy ?? (await loadKy());
    try {
      return await ky(`${this.#baseUrl}${path}`, {
        method,
        fetch: this.#pipeline.fetchFor({ ...options, operation: name, effect }),
        parseJson: parsed,
        timeout: false,
        retry: 0,
        throwHttpErrors: false,
        ...(json !== undefined && { json }),
        ...(searchParams !== undefined && { searchParams }),
      }).json();
    } catch (error) {
      if (error instanceof SyntaxError && !(error instanceof ContextSdkError)) {
        throw new UnexpectedResponseError(`ticktick answered ${name} with something else than JSON.`, {
          service: 'ticktick',
        });
      }
      throw error;
    }
  }
}

/** Stands in for routes that the guide's dialect does not have. */
export const noRouteInGuide: Transport = {
  send({ name }) {
    const message = `${name} has no route in dialect: 'guide'. Leave the dialect out to use TickTick's own API.`;
    return Promise.reject(new ConfigurationError(message, { service: 'ticktick' }));
  },
};
