import type { Clock } from '../../time/clock.ts';
import type { Scope } from '../api-call.ts';

/** A user's consent, with every token that came of it. */
export interface Grant {
  readonly account: string;
  /** Undefined for a personal API token, which no app was given. */
  readonly clientId: string | undefined;
  readonly scopes: readonly Scope[];
  /** Whether the client proved itself by PKCE alone. */
  readonly publicClient: boolean;
  revoked: boolean;
}

interface AccessToken {
  readonly grant: Grant;
  expiresAt: number;
}

interface RefreshToken {
  readonly grant: Grant;
  spent: boolean;
}

/** Every token of a region. */
export class Grants {
  readonly #accessTokens = new Map<string, AccessToken>();
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issueAccessToken(grant: Grant, expiresInSeconds: number): string {
    const token = crypto.randomUUID();
    this.#accessTokens.set(token, { grant, expiresAt: this.#clock.now() + expiresInSeconds * 1000 });
    return token;
  }

  issueRefreshToken(grant: Grant): string {
    const token = crypto.randomUUID();
    this.#refreshTokens.set(token, { grant, spent: false });
    return token;
  }

  /** The grant behind an access token that is good right now. */
  authorize(accessToken: string): Grant | undefined {
    const token = this.#accessTokens.get(accessToken);
    if (!token || token.grant.revoked || this.#clock.now() >= token.expiresAt) return undefined;
    return token.grant;
  }

  findRefreshToken(refreshToken: string): Readonly<RefreshToken> | undefined {
    return this.#refreshTokens.get(refreshToken);
  }

  spendRefreshToken(refreshToken: string): void {
    const token = this.#refreshTokens.get(refreshToken);
    if (token) token.spent = true;
  }

  /** Revokes the grant behind either kind of token. */
  revokeToken(token: string): void {
    const grant = (this.#accessTokens.get(token) ?? this.#refreshTokens.get(token))?.grant;
    if (grant) grant.revoked = true;
  }

  /** Makes access tokens expire now, of one account or of all; refresh and personal tokens stay good. */
  expireAccessTokens(account?: string): void {
    for (const token of this.#accessTokens.values()) {
      if (isConsentOf(token.grant, account)) token.expiresAt = Math.min(token.expiresAt, this.#clock.now());
    }
  }

  /** Takes back what apps were given, by one account or by all. */
  revokeGrants(account?: string): void {
    for (const { grant } of [...this.#accessTokens.values(), ...this.#refreshTokens.values()]) {
      if (isConsentOf(grant, account)) grant.revoked = true;
    }
  }
}

function isConsentOf(grant: Grant, account: string | undefined): boolean {
  return grant.clientId !== undefined && (account === undefined || grant.account === account);
}
