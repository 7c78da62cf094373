/**
 * How a client proves itself at the token endpoint:
 * - `basic`: HTTP Basic, id and secret form-encoded first (RFC 6749 §2.3.1);
 * - `basic-raw`: HTTP Basic without that encoding, for servers that do not decode it;
 * - `post`: id and secret in the form body;
 * - `none`: the id alone; PKCE is the proof.
 */
export type ClientAuthentication = 'basic' | 'basic-raw' | 'post' | 'none';

/** The account behind a grant, as far as the provider tells. */
export interface ProviderAccount {
  /** The provider's permanent id of the user. Use it to recognize users. */
  id?: string;
  /** The name that the user signs in with. */
  username?: string;
  email?: string;
  displayName?: string;
}

/**
 * Reads the account of a new grant. `fetch` sends the access token: to a path of the service, such as `/user`, or to a URL of
 * one of the provider's hosts. It rejects for responses that are failures. `id` may be a number.
 */
export type Identify = (
  fetch: typeof globalThis.fetch,
) => Promise<Omit<ProviderAccount, 'id'> & { id?: string | number }>;

/** Everything that differs between OAuth providers. */
export interface OAuthProvider {
  id: string;
  /** Compared with `iss` in a callback (RFC 9207), where the provider sends one. */
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  revocationEndpoint?: string | undefined;
  /**
   * All hosts of the endpoints, without ports, if there are several: `['ticktick.com', 'api.ticktick.com']`. Without it,
   * every endpoint has to be at the token endpoint's host, so that a gateway's tokens and secret stay there.
   */
  endpointHosts?: readonly string[] | undefined;
  /** Reads the account of a new grant if the provider sends no id_token. */
  identify?: Identify | undefined;
  /** Whether revoking one token ends everything that the account has granted to the app, later sign-ins included. */
  revocationEndsAccount?: boolean | undefined;
  /** Used where the client has a secret; a client without one uses `none`. */
  clientAuthentication: ClientAuthentication;
  defaultScopes: readonly string[];
  /** By scope, those that include it: a grant with one of them doesn't lack it. */
  widerScopes?: Readonly<Record<string, readonly string[]>> | undefined;
  /** What an app that acts for itself asks for. Default: `defaultScopes`. */
  applicationScopes?: readonly string[] | undefined;
  /** Sent with every authorization request. */
  authorizationParameters?: Readonly<Record<string, string>> | undefined;
  /** Sent besides, unless the host holds a refresh token of this user already: what makes the provider issue one. */
  offlineParameters?: Readonly<Record<string, string>> | undefined;
  /** Whether the scope is repeated in the token request. */
  scopeWithCode?: boolean | undefined;
  /** Whether an id_token is kept, and expected if the scope `openid` is asked for; elsewhere one is dropped unread. */
  openid?: boolean | undefined;
  /** What id_tokens may call their issuer, besides `issuer`. */
  otherIssuers?: readonly string[] | undefined;
  /** Whether the provider always sends `iss` to the callback, so that its absence is an error. */
  issuerInCallback?: boolean | undefined;
  /** Names that this provider gives to plain bearer tokens, besides `bearer`. */
  bearerTokenTypes?: readonly string[] | undefined;
}
