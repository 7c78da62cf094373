/** What one user allows one app. */
export interface Consent {
  readonly account: string;
  readonly clientId: string;
  /** Everything allowed so far. */
  readonly scopes: Set<string>;
  /** Whether a refresh token was given for it already. */
  offline: boolean;
  revoked: boolean;
  /** Session control asks the user to sign in again before the next refresh. */
  needsReauthentication: boolean;
}

/** Every consent in force or taken back. */
export class Consents {
  readonly #consents: Consent[] = [];

  /** The consent in force. */
  find(account: string, clientId: string): Consent | undefined {
    return this.#consents.find(
      (consent) => consent.account === account && consent.clientId === clientId && !consent.revoked,
    );
  }

  /** Adds scopes to the consent in force, or begins one. */
  extend(account: string, clientId: string, scopes: readonly string[]): Consent {
    const consent = this.find(account, clientId) ?? this.#begin(account, clientId);
    for (const scope of scopes) consent.scopes.add(scope);
    return consent;
  }

  /** The consents in force, of one account or of all. */
  inForce(account?: string): Consent[] {
    return this.#consents.filter(
      (consent) => !consent.revoked && (account === undefined || consent.account === account),
    );
  }

  #begin(account: string, clientId: string): Consent {
    const consent = {
      account,
      clientId,
      scopes: new Set<string>(),
      offline: false,
      revoked: false,
      needsReauthentication: false,
    };
    this.#consents.push(consent);
    return consent;
  }
}
