import type { CryptoKeyHandle } from '../crypto/keys.ts';
import { ConfigurationError, ReauthorizationRequiredError } from '../errors/index.ts';
import { authorizationServer, loadLibrary } from '../oauth/library.ts';
import { google } from '../oauth/providers/google.ts';
import { requestTokens } from '../oauth/token-endpoint.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';
import { loadedOnce } from '../timing/loaded-once.ts';
import type { AccessTokenSource } from '../tokens/access-token-source.ts';
import { heldToken, heldTokens } from '../tokens/held-tokens.ts';
import { signedJwt } from './signed-jwt.ts';
import { checkSigner, signingKey } from './signing-key.ts';

/** A service account of Google Cloud. */
export interface ServiceAccountOptions {
  /** `client_email` of its key file. */
  email: string;
  /** `private_key` of its key file (PEM), or a key of WebCrypto for RS256. */
  key: string | CryptoKeyHandle;
  scopes: readonly string[];
  /** The Workspace user to act as, whose administrator has delegated these scopes to the account. Default: the account itself. */
  subject?: string | undefined;
  /** Milliseconds for one token request. Default: 10,000. */
  timeoutMs?: number | undefined;
  /** Instead of the global `fetch`. */
  fetch?: typeof fetch | undefined;
}

const OPTIONS: OptionTypes<ServiceAccountOptions> = {
  email: 'string',
  key: 'string|object',
  scopes: 'list',
  subject: 'string',
  timeoutMs: 'number',
  fetch: 'function',
};

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * The tokens of a Google service account (RFC 7523 §2.1), alone or for the users of a Workspace: asked for when needed, and kept in
 * memory until shortly before their end. Throws {@link ConfigurationError} naming what is missing; `getAccessToken` also where Google does
 * not know the account or its key, or nobody has delegated the scopes, and {@link ReauthorizationRequiredError} where a service rejects a token
 * that Google then hands out again.
 * https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 */
export function googleServiceAccount(options: ServiceAccountOptions): AccessTokenSource {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  const { email, key, scopes, subject, timeoutMs, fetch: send = fetch } = options;
  const service = google.id;
  if (!email) throw new ConfigurationError('email is empty.', { service });
  if (!Array.isArray(scopes) || scopes.length === 0)
    throw new ConfigurationError('scopes is empty.', { service });
  checkSigner(key, 'RS256');
  const signer = loadedOnce(() => signingKey(key, 'RS256'));

  return heldTokens(subject ?? email, service, async () => {
    const library = await loadLibrary();
    const askedAt = Date.now();
    const server = authorizationServer(google);
    const client = { client_id: email };
    const payload = { iss: email, sub: subject, aud: google.tokenEndpoint, scope: scopes.join(' ') };
    const assertion = await signedJwt(await signer(), { payload });
    const endpoint = {
      provider: { ...google, openid: false },
      fetch: (input: string | URL | Request, init?: RequestInit) => send(input, init),
      secrets: [assertion],
    };
    const answer = await requestTokens(endpoint, { timeoutMs }, async (request) => {
      // The assertion is the grant and the proof; there is no client besides.
      const response = await library.genericTokenEndpointRequest(
        server,
        client,
        () => undefined,
        GRANT,
        { assertion },
        { [library.customFetch]: request },
      );
      return await library.processGenericTokenEndpointResponse(server, client, response);
    }).catch((error: unknown) => {
      throw withoutUser(error);
    });
    return heldToken(answer, { askedAt, timeoutMs });
  });
}

/** What would be a user's turn elsewhere: here the account, its key, its subject or the machine's clock is not right. */
function withoutUser(error: unknown): unknown {
  if (!(error instanceof ReauthorizationRequiredError)) return error;
  const { hint = '', service } = error;
  const message = `Google gives no token for the service account. ${hint} Check email, key, subject and this machine's clock.`;
  return new ConfigurationError(message, { ...(service !== undefined && { service }) });
}
