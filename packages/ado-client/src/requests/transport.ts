import type { CallOptions, Safety, Pipeline } from '@context-sdk/oauth-core';
import type { Answer } from './answer.ts';
import { NodeApi } from './node-api.ts';
import { readAnswer } from './read-answer.ts';
import { unexpected } from './unexpected.ts';
import type { WitApi } from './wit-api.ts';

/** One operation of this client. */
export interface Operation {
  /** The client's method, for errors and events. */
  name: string;
  safety: Safety;
}

/** A route that azure-devops-node-api does not have. */
export interface DirectRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the organization's URL; what stands in it is encoded. */
  path: string;
  apiVersion: string;
  query?: Readonly<Record<string, string | number | undefined>> | undefined;
  json?: unknown;
}

/** Asks for a 401 instead of a redirect to a sign-in page, which a program can't use. */
const HEADERS = { 'X-TFS-FedAuthRedirect': 'Suppress' };

/** Sends operations through the pipeline, put together by azure-devops-node-api where it knows how. */
export class Transport {
  readonly organizationUrl: string;
  readonly #pipeline: Pipeline;
  readonly #nodeApi: NodeApi;

  constructor(pipeline: Pipeline, organizationUrl: string) {
    this.organizationUrl = organizationUrl;
    this.#pipeline = pipeline;
    this.#nodeApi = new NodeApi(organizationUrl);
  }

  /** The answer to a request of the library. */
  async send(
    operation: Operation,
    options: CallOptions | undefined,
    request: (api: WitApi) => Promise<unknown>,
  ): Promise<Answer> {
    return await readAnswer(operation.name, await this.response(operation, options, request));
  }

  /** The same, unread. */
  async response(
    operation: Operation,
    options: CallOptions | undefined,
    request: (api: WitApi) => Promise<unknown>,
  ): Promise<Response> {
    options?.signal?.throwIfAborted();
    const fetch = this.#pipeline.fetchFor({
      ...options,
      operation: operation.name,
      safety: operation.safety,
    });
    let response: Response | undefined;
    await this.#nodeApi.call(async (method, url, body, headers) => {
      const init: RequestInit = {
        method,
        headers: { ...headers, ...HEADERS },
        body: body as Uint8Array | string | null,
      };
      response = await fetch(url, init);
    }, request);
    if (response === undefined) throw unexpected(`got no request for ${operation.name}`);
    return response;
  }

  /** The answer to a request that the library has no method for. */
  async direct(
    operation: Operation,
    request: DirectRequest,
    options: CallOptions | undefined,
  ): Promise<Answer> {
    const url = new URL(`${this.organizationUrl}/${request.path}`);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    url.searchParams.set('api-version', request.apiVersion);
    const fetch = this.#pipeline.fetchFor({
      ...options,
      operation: operation.name,
      safety: operation.safety,
    });
    const hasBody = request.json !== undefined;
    const response = await fetch(url, {
      method: request.method,
      headers: {
        Accept: 'application/json',
        ...HEADERS,
        ...(hasBody && { 'Content-Type': 'application/json' }),
      },
      body: hasBody ? JSON.stringify(request.json) : null,
    });
    return await readAnswer(operation.name, response);
  }
}
