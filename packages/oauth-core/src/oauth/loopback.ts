import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { AuthorizationError, ConfigurationError, TimeoutError } from '../errors/index.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';
import { checkedSignal } from '../timing/checked-signal.ts';
import { checkedUrl, isLoopback } from '../urls/safe-url.ts';
import type { AuthorizationTransaction } from './authorization-transactions.ts';
import type { BeginAuthorizationOptions } from './oauth-client-options.ts';
import type { OAuthClient } from './oauth-client.ts';
import type { TokenSet } from './token-set.ts';

/** How a script's user is signed in. */
export interface LoopbackOptions extends Omit<BeginAuthorizationOptions, 'redirectUri' | 'returnTo'> {
  /** Shows the address to the user: prints it, or opens a browser. */
  open: (url: URL) => void | Promise<void>;
  /** Milliseconds that the user may take. Default: five minutes. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

const OPTIONS: OptionTypes<LoopbackOptions> = {
  open: 'function',
  timeoutMs: 'number',
  signal: 'signal',
  scopes: 'list',
  loginHint: 'string',
  holdsRefreshToken: 'boolean',
  remember: 'object',
};
const PAGE = '<!doctype html><meta charset="utf-8"><title>Signed in</title><p>';

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(PAGE + text);
}

async function listen(redirectUri: URL): Promise<{ server: Server; address: URL }> {
  const { createServer } = await import('node:http');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () =>
      reject(new ConfigurationError(`redirectUri: port ${redirectUri.port} is taken on this machine.`)),
    );
    // Only this machine can reach it, whatever name stands in the redirect URI.
    const host = redirectUri.hostname === '[::1]' ? '::1' : '127.0.0.1';
    server.listen(Number(redirectUri.port), host, resolve);
  });
  const address = new URL(redirectUri);
  const bound = server.address();
  if (typeof bound === 'object' && bound !== null) address.port = String(bound.port);
  return { server, address };
}

function isStateError(error: unknown): boolean {
  return error instanceof AuthorizationError && error.reason.startsWith('state-');
}

/** Completes the sign-in and tells the browser how it went. */
async function settle(response: ServerResponse, complete: () => Promise<TokenSet>): Promise<TokenSet> {
  try {
    const tokenSet = await complete();
    answer(response, 200, 'You are signed in and can close this window.');
    return tokenSet;
  } catch (error) {
    answer(response, 400, 'The sign-in did not work. The script that began it says why.');
    throw error;
  }
}

/** Answers requests until one is the callback of this sign-in. Other paths, hosts and states are turned away. */
function callbackOf(
  server: Server,
  address: URL,
  complete: (callback: URL) => Promise<TokenSet>,
): Promise<TokenSet> {
  return new Promise((resolve, reject) => {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const url = URL.parse(request.url ?? '/', address.href);
      const isOurs = request.headers.host === address.host && url?.pathname === address.pathname;
      if (url === null || !isOurs || request.method !== 'GET') {
        return answer(response, 404, 'There is nothing here.');
      }
      void settle(response, () => complete(url)).then(resolve, (error: unknown) => {
        if (!isStateError(error)) reject(error);
      });
    });
  });
}

function limit(options: LoopbackOptions): { ended: Promise<never>; clear(): void } {
  const timeoutMs = options.timeoutMs ?? 300_000;
  const { signal } = options;
  const controller = new AbortController();
  const message = `Nobody signed in within ${timeoutMs} ms.`;
  const timer = setTimeout(() => controller.abort(new TimeoutError(message, { timeoutMs })), timeoutMs);
  const either = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(either.reason);
  either.addEventListener('abort', end, { once: true });
  const clear = (): void => {
    clearTimeout(timer);
    either.removeEventListener('abort', end);
  };
  return { ended, clear };
}

/**
 * Signs a script's user in: shows the provider's page through `open` and takes the callback on 127.0.0.1, on the
 * port of the client's redirect URI or, where that names none, a free one (RFC 8252 §7.3). Node only.
 *
 * Throws {@link AuthorizationError} if the sign-in fails, {@link TimeoutError} if the user does not sign in in time,
 * {@link ConfigurationError} where the redirect URI is not on this machine or its port is taken.
 */
export async function signInOnLoopback(client: OAuthClient, options: LoopbackOptions): Promise<TokenSet> {
  checkObject(client, 'client');
  if (typeof client.beginAuthorization !== 'function')
    throw new ConfigurationError('client must be an OAuthClient.');
  const redirectUri = checkedUrl('redirectUri', client.redirectUri, 'oauth');
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  if (typeof options.open !== 'function') throw new ConfigurationError('open must be a function.');
  if (redirectUri.protocol !== 'http:' || !isLoopback(redirectUri)) {
    throw new ConfigurationError(
      'redirectUri must be http on this machine, such as http://127.0.0.1/callback.',
    );
  }
  checkedSignal(options.signal)?.throwIfAborted();
  const { server, address } = await listen(redirectUri);
  const { ended, clear } = limit(options);
  ended.catch(() => undefined);
  try {
    const { url, transaction } = await begin(client, address, options);
    const callback = callbackOf(server, address, (arrived) =>
      client.completeAuthorization(arrived, transaction),
    );
    callback.catch(() => undefined);
    await options.open(url);
    return await Promise.race([callback, ended]);
  } finally {
    clear();
    server.close();
    // Lets the last page through, then lets go of browsers that keep their connection.
    setImmediate(() => server.closeAllConnections());
  }
}

function begin(
  client: OAuthClient,
  address: URL,
  { scopes, loginHint, holdsRefreshToken, remember }: LoopbackOptions,
): Promise<{ url: URL; transaction: AuthorizationTransaction }> {
  const redirectUri = client.redirectUri.includes(address.host) ? client.redirectUri : address.href;
  return client.beginAuthorization({ redirectUri, scopes, loginHint, holdsRefreshToken, remember });
}
