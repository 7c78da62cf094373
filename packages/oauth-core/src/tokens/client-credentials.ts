import { ConfigurationError, ReauthorizationRequiredError } from '../errors/index.ts';
import { authorizationServer, clientAuthentication, loadLibrary } from '../oauth/library.ts';
import type { OAuthProvider } from '../oauth/provider.ts';
import { requestTokens } from '../oauth/token-endpoint.ts';
import { timeObtained } from '../oauth/token-set.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';
import { checkedSignal } from '../timing/checked-signal.ts';
import { raceAbort } from '../timing/timeouts.ts';
import type { AccessTokenSource } from './access-token-source.ts';

/** An app that acts for itself (RFC 6749 §4.4). */
export interface ClientCredentialsOptions {
  provider: OAuthProvider;
  clientId: string;
  clientSecret: string;
  /** Instead of the provider's scopes for apps. */
  scopes?: readonly string[] | undefined;
  /** Milliseconds for one token request. Default: 10,000. */
  timeoutMs?: number | undefined;
  /** Instead of the global `fetch`. */
  fetch?: typeof fetch | undefined;
}

const OPTIONS: OptionTypes<ClientCredentialsOptions> = {
  provider: true,
  clientId: 'string',
  clientSecret: 'string',
  scopes: 'list',
  timeoutMs: 'number',
  fetch: 'function',
};

interface HeldToken {
  token: string;
  /** When to request the next one, and when this one expires; epoch milliseconds. */
  dueAt: number;
  endsAt: number;
}

const EARLY_MS = 120_000;
const EARLY_SHARE = 0.2;

/** Asks the token endpoint for one token. */
function request(options: ClientCredentialsOptions): () => Promise<HeldToken> {
  const { provider, clientId, clientSecret, timeoutMs } = options;
  const server = authorizationServer(provider);
  const client = { client_id: clientId };
  const scope = (options.scopes ?? provider.applicationScopes ?? provider.defaultScopes).join(' ');
  const endpoint = {
    provider: { ...provider, openid: false },
    fetch: options.fetch ?? ((input: string | URL | Request, init?: RequestInit) => fetch(input, init)),
    secrets: [clientSecret],
  };
  return async () => {
    const library = await loadLibrary();
    const askedAt = Date.now();
    const answer = await requestTokens(endpoint, { timeoutMs }, async (fetch) => {
      const authentication = clientAuthentication(library, provider.clientAuthentication, clientSecret);
      const isPlain = provider.tokenEndpoint.startsWith('http:');
      const response = await library.clientCredentialsGrantRequest(
        server,
        client,
        authentication,
        { scope },
        {
          [library.customFetch]: fetch,
          // On this machine: `authorizationServer` has checked.
          ...(isPlain && { [library.allowInsecureRequests]: true }),
        },
      );
      return await library.processClientCredentialsResponse(server, client, response);
    });
    const lifetime = (answer.expires_in ?? Number.POSITIVE_INFINITY) * 1000;
    const early = Math.min(EARLY_MS, lifetime * EARLY_SHARE);
    const endsAt = timeObtained(askedAt, { expiresIn: answer.expires_in, timeoutMs }) + lifetime;
    return { token: answer.access_token, dueAt: endsAt - early, endsAt };
  };
}

/**
 * The tokens of an app that acts for itself, such as an Entra service principal: asked for when needed, one request at
 * a time, and kept in memory until shortly before their end. Throws {@link ConfigurationError} naming what is missing;
 * `getAccessToken` also where the provider does not know the app, and {@link ReauthorizationRequiredError} where the
 * service rejects a token that the provider then hands out again.
 */
export function clientCredentials(options: ClientCredentialsOptions): AccessTokenSource {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  checkObject(options.provider, 'provider');
  const service = options.provider.id;
  if (!options.clientId) throw new ConfigurationError('clientId is empty.', { service });
  if (!options.clientSecret) throw new ConfigurationError('clientSecret is empty.', { service });
  const ask = request(options);
  let held: HeldToken | undefined;
  let asking: Promise<HeldToken> | undefined;

  const next = (): Promise<HeldToken> => {
    asking ??= ask().finally(() => (asking = undefined));
    return asking;
  };
  const current = (): string | undefined => (held && Date.now() < held.endsAt ? held.token : undefined);

  return {
    account: options.clientId,
    current,
    async getAccessToken({ rejected, signal: given } = {}) {
      const signal = checkedSignal(given);
      signal?.throwIfAborted();
      const isRejected = rejected !== undefined && held?.token === rejected;
      if (held && !isRejected && Date.now() < held.dueAt) return held.token;
      const good = isRejected ? undefined : current();
      try {
        held = await raceAbort(next(), signal);
      } catch (error) {
        // Callers need not know while the current token is still good.
        if (good === undefined || signal?.aborted) throw error;
        return good;
      }
      if (held.token !== rejected) return held.token;
      throw new ReauthorizationRequiredError('rejected', { service });
    },
  };
}
