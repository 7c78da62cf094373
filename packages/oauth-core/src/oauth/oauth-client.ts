import { loadedOnce } from '../timing/loaded-once.ts';
import type { AuthorizationTransaction } from './authorization-transactions.ts';
import { checkClientOptions } from './check-client-options.ts';
import { authorizationServer, checkedRedirectUri } from './library.ts';
import type { OAuthCalls } from './oauth-calls.ts';
import type { BeginAuthorizationOptions, OAuthClientOptions } from './oauth-client-options.ts';
import type { OAuthProvider } from './provider.ts';
import type { TokenRequestOptions } from './token-endpoint.ts';
import type { TokenSet } from './token-set.ts';

/**
 * Gets tokens from one provider: authorization code with PKCE S256 and state, refresh, revoke.
 * It keeps nothing: {@link TokenManager} stores tokens and refreshes them at the right time.
 */
export class OAuthClient {
  readonly provider: OAuthProvider;
  readonly redirectUri: string;
  /** Loaded on first use: a process that only spends tokens needs none of it. */
  readonly #calls: () => Promise<OAuthCalls>;

  /** Throws {@link ConfigurationError} naming the option where one is missing or not safe. */
  constructor(options: OAuthClientOptions) {
    checkClientOptions(options);
    const given = { ...options };
    const { provider } = given;
    const redirectUri = checkedRedirectUri(given.redirectUri, provider.id);
    const server = authorizationServer(provider);
    this.provider = provider;
    this.redirectUri = redirectUri;
    this.#calls = loadedOnce(async () => {
      const { OAuthCalls: Loaded } = await import('./oauth-calls.ts');
      return new Loaded(given, { redirectUri, server });
    });
  }

  /** Where to send the user, and what to remember until they come back. */
  async beginAuthorization(
    given?: BeginAuthorizationOptions | null,
  ): Promise<{ url: URL; transaction: AuthorizationTransaction }> {
    return await (await this.#calls()).beginAuthorization(given);
  }

  /**
   * Exchanges the code of a callback for tokens. `callbackUrl` may be only path and query. The code is good for
   * one exchange, so this is never retried.
   *
   * Throws {@link AuthorizationError} where the callback is not right or the provider refuses,
   * {@link NetworkError}, {@link TimeoutError}, {@link ServiceUnavailableError} where it can't be reached, and
   * {@link ConfigurationError} where it does not know the client.
   */
  async completeAuthorization(
    callbackUrl: string | URL,
    transaction: AuthorizationTransaction,
    options?: TokenRequestOptions,
  ): Promise<TokenSet> {
    return await (await this.#calls()).completeAuthorization(callbackUrl, transaction, options);
  }

  /**
   * One refresh, without retries: a refresh token that rotates must not be sent twice lightly.
   *
   * Throws {@link ReauthorizationRequiredError} where there is no refresh token or the provider no longer takes
   * it, {@link ConfigurationError} where the provider does not know the client, {@link RateLimitError},
   * {@link ServiceUnavailableError}, {@link NetworkError}, {@link TimeoutError} where another try may succeed.
   */
  async refresh(tokenSet: TokenSet, options?: TokenRequestOptions): Promise<TokenSet> {
    return await (await this.#calls()).refresh(tokenSet, options);
  }

  /** Ends the grant at the provider, where it has a revocation endpoint (RFC 7009). */
  async revoke(tokenSet: TokenSet, options?: TokenRequestOptions): Promise<void> {
    await (await this.#calls()).revoke(tokenSet, options);
  }
}
