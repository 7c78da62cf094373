import { redactBody } from '../redaction/redact.ts';
import type { Answer } from './answer.ts';
import { networkErrorFrom } from '../errors/network-failure.ts';
import type { PreparedRequest } from './prepared-request.ts';
import { wholeResponse } from './whole-response.ts';
import { runWithTimeout } from '../timing/run-with-timeout.ts';

const EMPTY_BY_DEFINITION = new Set([204, 205, 304]);

export interface SendOptions {
  service: string;
  operation: string;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  fetch: typeof fetch;
}

/** An answer that has arrived whole. */
export class CompleteAnswer implements Answer {
  readonly operation: string;
  readonly status: number;
  readonly headers: Headers;
  readonly #body: ArrayBuffer;
  readonly #token: string;

  constructor(operation: string, response: Response, body: ArrayBuffer, token: string) {
    this.operation = operation;
    this.status = response.status;
    this.headers = response.headers;
    this.#body = body;
    this.#token = token;
  }

  text(): string {
    return redactBody(new TextDecoder().decode(this.#body), [this.#token]);
  }

  toResponse(): Response {
    const { status, headers } = this;
    return wholeResponse(EMPTY_BY_DEFINITION.has(status) ? null : this.#body, { status, headers });
  }
}

/**
 * One request on the wire. The body is read inside the attempt, so that an answer that stalls or breaks off
 * fails here, where it can be tried again. Redirects are not followed: a token goes to no other host.
 */
export async function sendOnce(
  request: PreparedRequest,
  credentials: { scheme: string; token: string },
  options: SendOptions,
): Promise<CompleteAnswer> {
  const { service, operation, timeoutMs, signal } = options;
  const { method, headers, body } = request;
  headers['authorization'] = `${credentials.scheme} ${credentials.token}`;
  return await runWithTimeout(operation, { service, timeoutMs, signal }, async (timed) => {
    try {
      const init: RequestInit = { method, headers, body, signal: timed, redirect: 'manual' };
      // Streams are sent while they are read, which fetch wants to be told.
      if (body instanceof ReadableStream) Object.assign(init, { duplex: 'half' });
      const response = await options.fetch(request.url.href, init);
      return new CompleteAnswer(operation, response, await response.arrayBuffer(), credentials.token);
    } catch (error) {
      throw networkErrorFrom(error, service);
    }
  });
}
