import type { DPoPHandle } from 'oauth4webapi';
import { isCryptoKey } from '../crypto/keys.ts';
import { ConfigurationError } from '../errors/index.ts';
import { loadLibrary, type OAuthLibrary } from '../oauth/library.ts';
import type { DpopKeys } from '../oauth/oauth-client-options.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';

/** How requests with bound tokens are sent. */
export interface DpopFetchOptions {
  /** The pair that `OAuthClient` got the tokens with. */
  keys: DpopKeys;
  /** Instead of the global `fetch`. */
  fetch?: typeof fetch | undefined;
}

const OPTIONS: OptionTypes<DpopFetchOptions> = {
  keys: { privateKey: 'checked', publicKey: 'checked' },
  fetch: 'function',
};

/**
 * A `fetch` for a client of a service that takes tokens bound by DPoP only (RFC 9449): sends each access token with a proof of its
 * own, and once more with the server's nonce if it asks for one. Requests without a token go as they are.
 */
export function dpopFetch(options: DpopFetchOptions): typeof fetch {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  checkObject(options.keys, 'keys');
  const { keys, fetch: send = (input, init) => fetch(input, init) } = options;
  if (!isCryptoKey(keys.privateKey) || !isCryptoKey(keys.publicKey)) {
    throw new ConfigurationError('keys is no pair of a privateKey and a publicKey.');
  }
  let handle: DPoPHandle | undefined;

  return async (input, init) => {
    const request = new Request(input, init);
    const [, token] = /^(?:bearer|dpop) (.+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
    if (token === undefined) return await send(request);
    const library = await loadLibrary();
    handle ??= library.DPoP({}, keys);
    const body = request.body === null ? null : await request.arrayBuffer();
    const attempt = (): Promise<Response> => sendBound(library, { request, token, body, handle, send });
    try {
      return await attempt();
    } catch (error) {
      return library.isDPoPNonceError(error) ? await attempt().catch(responseOf) : responseOf(error);
    }
  };
}

interface BoundRequest {
  request: Request;
  token: string;
  body: ArrayBuffer | null;
  handle: DPoPHandle | undefined;
  send: typeof fetch;
}

async function sendBound(
  { protectedResourceRequest, customFetch, allowInsecureRequests }: OAuthLibrary,
  { request, token, body, handle, send }: BoundRequest,
): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.delete('authorization');
  const url = new URL(request.url);
  return await protectedResourceRequest(token, request.method, url, headers, body, {
    signal: request.signal,
    [customFetch]: (address: string, requested: RequestInit) => send(address, requested),
    // The client that sends here has checked where its tokens may go.
    ...(url.protocol === 'http:' && { [allowInsecureRequests]: true }),
    ...(handle && { DPoP: handle }),
  });
}

/** The library throws responses that challenge the client, which its caller reads itself. */
function responseOf(error: unknown): Response {
  const { response } = error as { response?: unknown };
  if (response instanceof Response) return response;
  throw error;
}
