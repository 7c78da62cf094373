import type {
  AuthorizationServer,
  Client,
  ClientAuth,
  DPoPHandle,
  TokenEndpointResponse,
} from 'oauth4webapi';
import { AuthorizationError, ReauthorizationRequiredError } from '../errors/index.ts';
import { checkObject } from '../options/option-types.ts';
import {
  type AuthorizationTransaction,
  loggableTransaction,
  TRANSACTION_LIFETIME_MS,
} from './authorization-transactions.ts';
import { authorizationUrl } from './authorization-url.ts';
import { checkCallback, refusedCode, validatedCallback } from './callback.ts';
import { checkBeginOptions } from './check-client-options.ts';
import { identityOf, serverNamedIn } from './id-token.ts';
import {
  type AppProof,
  checkedRedirectUri,
  clientAuthentication,
  loadLibrary,
  type OAuthLibrary,
} from './library.ts';
import type { BeginAuthorizationOptions, DpopKeys, OAuthClientOptions } from './oauth-client-options.ts';
import type { OAuthProvider } from './provider.ts';
import { requestRevocation, requestTokens, type TokenRequestOptions } from './token-endpoint.ts';
import { tokenSetOf } from './token-set-of.ts';
import type { TokenSet } from './token-set.ts';

/** What {@link OAuthClient} does, loaded on first use. */
export class OAuthCalls {
  readonly #provider: OAuthProvider;
  readonly #redirectUri: string;
  readonly #server: AuthorizationServer;
  readonly #client: Client;
  readonly #proof: AppProof;
  readonly #dpopKeys: DpopKeys | undefined;
  #dpopHandle: DPoPHandle | undefined;
  readonly #fetch: typeof fetch;
  readonly #completed = new WeakSet<AuthorizationTransaction>();

  constructor(
    { provider, clientId, clientSecret, clientAssertion, dpop, fetch: ownFetch }: OAuthClientOptions,
    { redirectUri, server }: { redirectUri: string; server: AuthorizationServer },
  ) {
    this.#provider = provider;
    this.#redirectUri = redirectUri;
    this.#server = server;
    this.#client = { client_id: clientId };
    this.#proof = { clientSecret, clientAssertion };
    this.#dpopKeys = dpop;
    this.#fetch = ownFetch ?? ((input, init) => fetch(input, init));
  }

  async beginAuthorization(
    given?: BeginAuthorizationOptions | null,
  ): Promise<{ url: URL; transaction: AuthorizationTransaction }> {
    checkBeginOptions(given);
    const options = given ?? {};
    const provider = this.#provider;
    const scopes = [...(options.scopes ?? provider.defaultScopes)];
    const library = await loadLibrary();
    const { generateRandomState, generateRandomCodeVerifier, generateRandomNonce } = library;
    const transaction: AuthorizationTransaction = {
      provider: provider.id,
      state: generateRandomState(),
      codeVerifier: generateRandomCodeVerifier(),
      redirectUri: checkedRedirectUri(options?.redirectUri ?? this.#redirectUri, provider.id),
      scopes,
      expiresAt: Date.now() + TRANSACTION_LIFETIME_MS,
      ...(provider.openid && scopes.includes('openid') && { nonce: generateRandomNonce() }),
      ...(options.returnTo !== undefined && { returnTo: options.returnTo }),
      ...(options.remember !== undefined && { remember: options.remember }),
    };
    const { DPoP } = this.#dpop(library);
    const url = authorizationUrl(provider, transaction, {
      ...options,
      clientId: this.#client.client_id,
      codeChallenge: await library.calculatePKCECodeChallenge(transaction.codeVerifier),
      keyThumbprint: await DPoP?.calculateThumbprint(),
    });
    return { url, transaction: loggableTransaction(transaction) };
  }

  async completeAuthorization(
    callbackUrl: string | URL,
    transaction: AuthorizationTransaction,
    options?: TokenRequestOptions,
  ): Promise<TokenSet> {
    if (typeof transaction?.state !== 'string') {
      throw new AuthorizationError('transaction-used', 'There is no transaction of this sign-in.');
    }
    if (transaction.provider !== this.#provider.id) {
      throw new AuthorizationError('state-mismatch', 'The callback is not of the provider of this sign-in.');
    }
    if (this.#completed.has(transaction)) {
      throw new AuthorizationError('transaction-used', 'This sign-in was completed before.');
    }
    checkedRedirectUri(transaction.redirectUri, this.#provider.id);
    const isAddress = typeof callbackUrl === 'string' || callbackUrl instanceof URL;
    const callback = isAddress ? URL.parse(String(callbackUrl), transaction.redirectUri) : null;
    if (callback === null) throw new AuthorizationError('code-missing', 'The callback is not a URL.');
    checkCallback(this.#server, callback.searchParams, transaction);
    this.#completed.add(transaction);
    const askedAt = Date.now();
    try {
      const answer = await this.#exchange(callback.searchParams, transaction, options ?? {});
      const accountId = identityOf({ idToken: answer.id_token })?.subject;
      const grant = { grantId: crypto.randomUUID(), ...(accountId !== undefined && { accountId }) };
      const request = { askedAt, timeoutMs: options?.timeoutMs };
      return tokenSetOf(answer, request, { scopes: transaction.scopes, ...grant });
    } catch (error) {
      if (!(error instanceof ReauthorizationRequiredError)) throw error;
      throw refusedCode(this.#provider.id, error);
    }
  }

  async refresh(tokenSet: TokenSet, options?: TokenRequestOptions): Promise<TokenSet> {
    checkObject(tokenSet, 'tokenSet');
    const { refreshToken } = tokenSet;
    if (refreshToken === undefined) {
      throw new ReauthorizationRequiredError('expired', { service: this.#provider.id });
    }
    const library = await loadLibrary();
    const askedAt = Date.now();
    // The id_token of the sign-in said who the user is. A broken one here must not cost the new tokens.
    const base = this.#endpoint(library, [refreshToken]);
    const endpoint = { ...base, provider: { ...base.provider, openid: false } };
    const answer = await requestTokens(endpoint, options ?? {}, async (fetch) => {
      const response = await library.refreshTokenGrantRequest(
        this.#server,
        this.#client,
        this.#authentication(library),
        refreshToken,
        { [library.customFetch]: fetch, ...this.#security(library), ...this.#dpop(library) },
      );
      return await library.processRefreshTokenResponse(this.#server, this.#client, response);
    });
    return tokenSetOf(answer, { askedAt, timeoutMs: options?.timeoutMs }, tokenSet);
  }

  async revoke(tokenSet: TokenSet, options?: TokenRequestOptions): Promise<void> {
    checkObject(tokenSet, 'tokenSet');
    if (!this.#provider.revocationEndpoint) return;
    const library = await loadLibrary();
    const token = tokenSet.refreshToken ?? tokenSet.accessToken;
    await requestRevocation(this.#endpoint(library, [token]), options ?? {}, (fetch) =>
      library.revocationRequest(this.#server, this.#client, this.#authentication(library), token, {
        [library.customFetch]: fetch,
        ...this.#security(library),
      }),
    );
  }

  async #exchange(
    callback: URLSearchParams,
    transaction: AuthorizationTransaction,
    options: TokenRequestOptions,
  ): Promise<TokenEndpointResponse> {
    const library = await loadLibrary();
    const { state, codeVerifier, redirectUri, scopes, nonce } = transaction;
    const parameters = validatedCallback(library, this.#server, this.#client, {
      callback,
      state,
      service: this.#provider.id,
    });
    const secrets = [state, nonce, codeVerifier, parameters.get('code') ?? undefined];
    const endpoint = this.#endpoint(library, secrets);
    return requestTokens(endpoint, options, async (fetch) => {
      const response = await library.authorizationCodeGrantRequest(
        this.#server,
        this.#client,
        this.#authentication(library),
        parameters,
        redirectUri,
        codeVerifier,
        {
          [library.customFetch]: fetch,
          ...this.#security(library),
          ...this.#dpop(library),
          ...(this.#provider.scopeWithCode && { additionalParameters: { scope: scopes.join(' ') } }),
        },
      );
      return await library.processAuthorizationCodeResponse(
        await serverNamedIn(response, this.#server, this.#provider.otherIssuers),
        this.#client,
        response,
        nonce === undefined ? {} : { expectedNonce: nonce, requireIdToken: true },
      );
    });
  }

  #endpoint(
    library: OAuthLibrary,
    secrets: readonly (string | undefined)[],
  ): Parameters<typeof requestTokens>[0] {
    const { bearerTokenTypes = [] } = this.#provider;
    const isBound = this.#dpopKeys !== undefined;
    return {
      provider: isBound
        ? { ...this.#provider, bearerTokenTypes: [...bearerTokenTypes, 'dpop'] }
        : this.#provider,
      fetch: this.#fetch,
      secrets: [...secrets, this.#proof.clientSecret],
      ...(isBound && { isNonceMissing: library.isDPoPNonceError }),
    };
  }

  /** One handle, which remembers the nonces of the provider. */
  #dpop({ DPoP }: OAuthLibrary): { DPoP?: DPoPHandle } {
    if (this.#dpopKeys === undefined) return {};
    return { DPoP: (this.#dpopHandle ??= DPoP(this.#client, this.#dpopKeys)) };
  }

  #authentication(library: OAuthLibrary): ClientAuth {
    return clientAuthentication(library, this.#provider, this.#proof);
  }

  /** Endpoints on http are on this machine: the constructor has checked. */
  #security({ allowInsecureRequests }: OAuthLibrary): object {
    return this.#provider.tokenEndpoint.startsWith('http:') ? { [allowInsecureRequests]: true } : {};
  }
}
