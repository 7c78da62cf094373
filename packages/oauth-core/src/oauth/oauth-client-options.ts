import type { CryptoKeyHandle } from '../crypto/keys.ts';
import type { ClientAssertion } from './client-assertion.ts';
import type { OAuthProvider } from './provider.ts';

/** A key pair that tokens are bound to. */
export interface DpopKeys {
  privateKey: CryptoKeyHandle;
  publicKey: CryptoKeyHandle;
}

/** A provider, and the host's app there. */
export interface OAuthClientOptions {
  provider: OAuthProvider;
  clientId: string;
  /** Without one, PKCE alone is the proof. */
  clientSecret?: string | undefined;
  /** Instead of a secret: proves the app with a key or by another platform (`@context-sdk/oauth-core/client-auth`). */
  clientAssertion?: ClientAssertion | undefined;
  /**
   * Binds tokens to a key pair for signing, such as ECDSA P-256, where the provider has DPoP (RFC 9449). Refresh tokens of a
   * client without a secret then need the same pair for ever. Requests to the service need `dpopFetch` of
   * `@context-sdk/oauth-core/client-auth`.
   */
  dpop?: DpopKeys | undefined;
  /** Exactly as registered with the provider: https, or http on this machine. */
  redirectUri: string;
  /** Instead of the global `fetch`. */
  fetch?: typeof fetch | undefined;
}

/** What a single sign-in can ask for. */
export interface BeginAuthorizationOptions {
  /** Instead of the provider's default scopes. */
  scopes?: readonly string[] | undefined;
  /** Whom the provider should offer to sign in. */
  loginHint?: string | undefined;
  /**
   * Whether the host holds a refresh token of this user (`TokenStatus.refreshable`), so that the provider need not ask
   * for consent again to issue one. Google keeps 100 per user and app, and ends the oldest without a word.
   */
  holdsRefreshToken?: boolean | undefined;
  /** Kept in the transaction for the host's redirect after the callback. */
  returnTo?: string | undefined;
  /** Kept in the transaction, too, for the host to find again at the callback. */
  remember?: Readonly<Record<string, string>> | undefined;
  /** Instead of the client's own, where the provider lets a script choose its port (RFC 8252 §7.3). */
  redirectUri?: string | undefined;
}
