import { readBytes } from '../bytes/read-bytes.ts';
import { ContextSdkError, UnexpectedResponseError } from '../errors/index.ts';
import { networkErrorFrom } from '../errors/network-failure.ts';
import { isPage } from '../json/is-page.ts';
import { isObject, textOf } from '../json/json-object.ts';
import { checkOptions, type OptionTypes } from '../options/option-types.ts';
import { requestSecrets } from '../redaction/request-secrets.ts';
import { checkedSignal } from '../timing/checked-signal.ts';
import { runWithTimeout } from '../timing/timeouts.ts';
import { asksForNonce, nonceOf } from './dpop-nonce.ts';
import type { OAuthProvider } from './provider.ts';
import { type RefusedAnswer, tokenRefusal } from './token-refusal.ts';
import { normalizeTokenResponse, parseTokenBody } from './token-response.ts';
import { TOKEN_REQUEST_TIMEOUT_MS } from './token-set.ts';

/** Limits of one exchange with the token endpoint. */
export interface TokenRequestOptions {
  /** Gives up waiting; a refresh that was already sent may still have taken effect. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole exchange with the token endpoint. Default: 10,000. */
  timeoutMs?: number | undefined;
}

const OPTIONS: OptionTypes<TokenRequestOptions> = { signal: 'signal', timeoutMs: 'number' };

interface TokenEndpoint {
  provider: OAuthProvider;
  fetch: typeof fetch;
  /** Everything in the request that must not come back in an error. */
  secrets: readonly (string | undefined)[];
  /** Whether the exchange failed since the server wants its nonce: then it is made once more. */
  isNonceMissing?: (failure: unknown) => boolean;
}

/** Far more than any token answer has. */
const MAX_BYTES = 1_048_576;

function answeredWithPage(service: string, status: number): Error {
  return new UnexpectedResponseError(`${service} answered with a page of HTML.`, { service, status });
}

type Accept = (fields: Record<string, unknown>) => Record<string, unknown>;

type LibraryFetch = (
  url: string,
  init: { body?: URLSearchParams | undefined; headers: Record<string, string>; method: string },
) => Promise<Response>;

async function send(endpoint: TokenEndpoint, url: string, init: RequestInit): Promise<Response> {
  try {
    return await endpoint.fetch(url, { ...init, redirect: 'manual' });
  } catch (error) {
    throw networkErrorFrom(error, endpoint.provider.id);
  }
}

async function read(response: Response, service: string): Promise<string> {
  const tooLarge = (): Error =>
    new UnexpectedResponseError(
      `The token endpoint of ${service} answered with more than ${MAX_BYTES} bytes.`,
      {
        service,
        status: response.status,
      },
    );
  try {
    // The `fetch` of a test or an older library may give no web stream.
    if (!(response.body instanceof ReadableStream)) return await response.text();
    const bytes = await readBytes(response.body, { maxBytes: MAX_BYTES, tooLarge, notBytes: tooLarge });
    return new TextDecoder().decode(bytes);
  } catch (error) {
    throw error instanceof UnexpectedResponseError ? error : networkErrorFrom(error, service);
  }
}

/**
 * A refusal's code and sentence: of RFC 6749 §5.2, of TickTick's API (`errorCode`, `errorMessage`), or of Google's (an object
 * with `status` and `message`).
 */
function wordsOf(fields: Record<string, unknown>): Pick<RefusedAnswer, 'code' | 'text'> {
  const { error, error_description: description, errorCode, errorMessage } = fields;
  const { status, message }: Record<string, unknown> = isObject(error) ? error : {};
  return {
    code: textOf(error) ?? textOf(errorCode) ?? textOf(status),
    text: textOf(description) ?? textOf(errorMessage) ?? textOf(message),
  };
}

/** Lets only good answers through to oauth4webapi, in the form it accepts; every other becomes our own error. */
function judgingFetch(
  endpoint: TokenEndpoint,
  accept: Accept,
  { signal, mayAskForNonce }: { signal: AbortSignal; mayAskForNonce: boolean },
): LibraryFetch {
  const { provider } = endpoint;
  return async (url, init) => {
    const response = await send(endpoint, url, { ...init, body: init.body ?? null, signal });
    const secrets = [...endpoint.secrets, ...requestSecrets(init.headers, init.body)];
    const text = await read(response, provider.id);
    if (response.ok && isPage(text)) throw answeredWithPage(provider.id, response.status);
    const fields = parseTokenBody(text);
    if (mayAskForNonce && asksForNonce(fields, response))
      return Response.json(fields, { status: response.status, headers: nonceOf(response) });
    if (!response.ok || fields['error'] !== undefined) {
      const { status, headers } = response;
      throw tokenRefusal(provider.id, { status, headers, ...wordsOf(fields), secrets });
    }
    return Response.json(accept(fields), { headers: nonceOf(response) });
  };
}

/** All that oauth4webapi can still refuse is the id_token; its errors carry the whole answer and go no further. */
function translate(failure: unknown, service: string): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  const message = `The id_token of ${service} is missing or not valid; without the scope openid none is expected.`;
  return new UnexpectedResponseError(message, { service, field: 'id_token' });
}

async function ask<T>(
  endpoint: TokenEndpoint,
  options: TokenRequestOptions,
  accept: Accept,
  exchange: (fetch: LibraryFetch) => Promise<T>,
): Promise<T> {
  checkOptions(options, OPTIONS);
  const { timeoutMs = TOKEN_REQUEST_TIMEOUT_MS } = options ?? {};
  const signal = checkedSignal(options?.signal);
  const service = endpoint.provider.id;
  return await runWithTimeout('The token request', { service, timeoutMs, signal }, async (timed) => {
    const attempt = (mayAskForNonce: boolean): Promise<T> =>
      exchange(judgingFetch(endpoint, accept, { signal: timed, mayAskForNonce }));
    const { isNonceMissing } = endpoint;
    try {
      return await attempt(isNonceMissing !== undefined).catch((error: unknown) => {
        if (!isNonceMissing?.(error)) throw error;
        return attempt(false);
      });
    } catch (error) {
      throw translate(error, service);
    }
  });
}

/** Runs one exchange with the token endpoint through oauth4webapi and gives its answer or an error of ours. */
export function requestTokens<T>(
  endpoint: TokenEndpoint,
  options: TokenRequestOptions,
  exchange: (fetch: LibraryFetch) => Promise<T>,
): Promise<T> {
  return ask(endpoint, options, (fields) => normalizeTokenResponse(fields, endpoint.provider), exchange);
}

/** The same for the revocation endpoint, whose success has no content (RFC 7009 §2.2). */
export function requestRevocation(
  endpoint: TokenEndpoint,
  options: TokenRequestOptions,
  exchange: (fetch: LibraryFetch) => Promise<unknown>,
): Promise<unknown> {
  return ask(endpoint, options, (fields) => fields, exchange);
}
