import { ConfigurationError } from '../errors/index.ts';
import type { ClientAssertion } from '../oauth/client-assertion.ts';
import { authorizationServer, clientAuthentication, loadLibrary } from '../oauth/library.ts';
import type { OAuthProvider } from '../oauth/provider.ts';
import { requestTokens } from '../oauth/token-endpoint.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';
import type { AccessTokenSource } from './access-token-source.ts';
import { type HeldToken, heldToken, heldTokens } from './held-tokens.ts';

/** An app that acts for itself (RFC 6749 §4.4). */
export interface ClientCredentialsOptions {
  provider: OAuthProvider;
  clientId: string;
  /** One of these two. */
  clientSecret?: string | undefined;
  clientAssertion?: ClientAssertion | undefined;
  /** Instead of the provider's scopes for apps. */
  scopes?: readonly string[] | undefined;
  /** Milliseconds for one token request. Default: 10,000. */
  timeoutMs?: number | undefined;
  /** Instead of the global `fetch`. */
  fetch?: typeof fetch | undefined;
}

const OPTIONS: OptionTypes<ClientCredentialsOptions> = {
  provider: 'checked',
  clientId: 'string',
  clientSecret: 'string',
  clientAssertion: 'function',
  scopes: 'list',
  timeoutMs: 'number',
  fetch: 'function',
};

/** Asks the token endpoint for one token. */
function request(options: ClientCredentialsOptions): () => Promise<HeldToken> {
  const { provider, clientId, clientSecret, clientAssertion, timeoutMs } = options;
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
      const authentication = clientAuthentication(library, provider, { clientSecret, clientAssertion });
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
    return heldToken(answer, { askedAt, timeoutMs });
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
  if (!options.clientSecret && options.clientAssertion === undefined)
    throw new ConfigurationError('clientSecret is empty.', { service });
  if (options.clientSecret && options.clientAssertion !== undefined)
    throw new ConfigurationError('clientSecret and clientAssertion exclude each other.', { service });
  return heldTokens(options.clientId, service, request(options));
}
