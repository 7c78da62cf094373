import type { Clock } from '../time/clock.ts';

/** What a user allows an app. */
export interface Consent {
  readonly account: string;
  readonly clientId: string;
  /** Everything allowed so far. */
  readonly scopes: Set<string>;
  /** Whether the app was given a refresh token. */
  offline: boolean;
  revoked: boolean;
  /** Whether the user has to sign in again before the next refresh. */
  needsReauthentication: boolean;
}

/** What one authorization code or direct request gives. Its tokens end with the consent. */
export interface Grant {
  readonly consent: Consent;
  readonly scopes: readonly string[];
  /** Whether it comes with a refresh token. */
  readonly offline: boolean;
  /** Scopes of OpenID Connect that the provider keeps apart. */
  readonly openId?: readonly string[];
  /** Whether the client proved itself by PKCE alone. */
  readonly publicClient: boolean;
}

export interface RefreshToken {
  readonly grant: Grant;
  readonly issuedAt: number;
  used: boolean;
}

interface AccessToken {
  readonly grant: Grant;
  expiresAt: number;
}

/** What differs between providers. */
export interface GrantRules {
  readonly newAccessToken: () => string;
  readonly newRefreshToken: () => string;
  /** Live refresh tokens per consent: with more, the oldest stops working. Default: unlimited. */
  readonly maxRefreshTokens?: number;
  /** Whether an app gets one lasting consent per account. Default: each authorization is a consent of its own. */
  readonly remembersConsent?: boolean;
}

/** Every token that a provider issued, with the consents behind them. */
export class Grants {
  /** What apps were allowed: consents that gave them tokens, and those that the provider remembers. */
  readonly consents: Set<Consent> = new Set();
  readonly #accessTokens = new Map<string, AccessToken>();
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #rules: GrantRules;
  readonly #clock: Clock;

  constructor(rules: GrantRules, clock: Clock) {
    this.#rules = rules;
    this.#clock = clock;
  }

  /** The remembered consent that is in force. */
  findConsent(account: string, clientId: string): Consent | undefined {
    if (!this.#rules.remembersConsent) return undefined;
    return this.consentsInForce(account).find((consent) => consent.clientId === clientId);
  }

  /** Adds scopes to the remembered consent, or to a new one. */
  extendConsent(account: string, clientId: string, scopes: readonly string[]): Consent {
    const fresh = { offline: false, revoked: false, needsReauthentication: false };
    const consent = this.findConsent(account, clientId) ?? { account, clientId, scopes: new Set(), ...fresh };
    for (const scope of scopes) consent.scopes.add(scope);
    if (this.#rules.remembersConsent) this.consents.add(consent);
    return consent;
  }

  /** Gives an app access without an authorization code. */
  grantDirectly(
    account: string,
    clientId: string,
    { scopes, offline }: Pick<Grant, 'scopes' | 'offline'>,
  ): Grant {
    const consent = this.extendConsent(account, clientId, scopes);
    consent.offline ||= offline;
    this.consents.add(consent);
    return { consent, scopes, offline, publicClient: false };
  }

  /** Of one account. Default: of all. */
  consentsInForce(account?: string): Consent[] {
    return [...this.consents].filter(
      (consent) => !consent.revoked && (account === undefined || consent.account === account),
    );
  }

  issueAccessToken(grant: Grant, expiresInSeconds: number): string {
    const token = this.#rules.newAccessToken();
    this.#accessTokens.set(token, { grant, expiresAt: this.#clock.now() + expiresInSeconds * 1000 });
    return token;
  }

  issueRefreshToken(grant: Grant): string {
    const text = this.#rules.newRefreshToken();
    this.#refreshTokens.set(text, { grant, issuedAt: this.#clock.now(), used: false });
    const { maxRefreshTokens } = this.#rules;
    if (maxRefreshTokens === undefined) return text;
    const siblings = [...this.#refreshTokens].filter(([, token]) => token.grant.consent === grant.consent);
    for (const [oldest] of siblings.slice(0, -maxRefreshTokens)) this.#refreshTokens.delete(oldest);
    return text;
  }

  /** The grant behind an access token that works right now. */
  authorize(accessToken: string): Grant | undefined {
    return this.remainingSeconds(accessToken) > 0 ? this.#accessTokens.get(accessToken)?.grant : undefined;
  }

  /** The same for the value of an Authorization header. */
  authorizeBearer(authorization: string | null): Grant | undefined {
    const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
    return token === undefined ? undefined : this.authorize(token);
  }

  /** How long an access token still works. 0 if it doesn't. */
  remainingSeconds(accessToken: string): number {
    const token = this.#accessTokens.get(accessToken);
    if (!token || token.grant.consent.revoked) return 0;
    return Math.max(0, Math.ceil((token.expiresAt - this.#clock.now()) / 1000));
  }

  findRefreshToken(refreshToken: string): RefreshToken | undefined {
    return this.#refreshTokens.get(refreshToken);
  }

  /** The consent behind either kind of token, even if the token no longer works. */
  consentBehind(token: string): Consent | undefined {
    return (this.#accessTokens.get(token) ?? this.#refreshTokens.get(token))?.grant.consent;
  }

  /** Makes the apps' access tokens expire now. Default: of all accounts. */
  expireAccessTokens(account?: string): void {
    const consents = new Set(this.consentsInForce(account));
    for (const token of this.#accessTokens.values()) {
      if (consents.has(token.grant.consent)) token.expiresAt = this.#clock.now();
    }
  }

  /** Takes consents back, so that none of their tokens works any longer. Default: of all accounts. */
  revoke(account?: string): void {
    for (const consent of this.consentsInForce(account)) consent.revoked = true;
  }
}
