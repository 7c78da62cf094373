import { conceal } from '../redaction/conceal.ts';

/** How long a user may take to sign in. */
export const TRANSACTION_LIFETIME_MS: number = 10 * 60_000;

/**
 * What has to be remembered between sending the user away and their coming back. It holds the PKCE verifier:
 * keep it on the server (see {@link authorizationTransactions}), never in the browser. `util.inspect` shows
 * no secret.
 */
export interface AuthorizationTransaction {
  provider: string;
  state: string;
  codeVerifier: string;
  nonce?: string;
  redirectUri: string;
  scopes: readonly string[];
  /** Epoch milliseconds, ten minutes after the sign-in began. */
  expiresAt: number;
  /** Where the host wants the user to land in the end. */
  returnTo?: string;
  /** What else the host wants to know at the callback, for example who began. */
  remember?: Readonly<Record<string, string>>;
}

export function concealTransaction(transaction: AuthorizationTransaction): AuthorizationTransaction {
  return conceal(transaction, ({ provider, redirectUri, scopes, expiresAt }) => ({
    provider,
    redirectUri,
    scopes,
    expiresAt,
  }));
}
