import type { Clock } from '../../time/clock.ts';
import type { Consent } from './consents.ts';

/** What came of a code: the scopes of its tokens. */
export interface GoogleGrant {
  /** The account's address. */
  readonly account: string;
  readonly clientId: string;
  /** In their long forms. */
  readonly scopes: readonly string[];
  readonly consent: Consent;
}

interface AccessToken {
  readonly grant: GoogleGrant;
  expiresAt: number;
}

/** "100 refresh tokens per account per client id, oldest dies silently." */
const refreshTokensPerConsent = 100;

/** Every token. Those of a consent live and die with it. */
export class GoogleGrants {
  readonly #accessTokens = new Map<string, AccessToken>();
  readonly #refreshTokens = new Map<string, GoogleGrant>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issueAccessToken(grant: GoogleGrant, expiresInSeconds: number): string {
    const token = `ya29.${randomText()}`;
    this.#accessTokens.set(token, { grant, expiresAt: this.#clock.now() + expiresInSeconds * 1000 });
    return token;
  }

  issueRefreshToken(grant: GoogleGrant): string {
    const token = `1//${randomText()}`;
    this.#refreshTokens.set(token, grant);
    const siblings = [...this.#refreshTokens].filter(([, { consent }]) => consent === grant.consent);
    for (const [oldest] of siblings.slice(0, -refreshTokensPerConsent)) this.#refreshTokens.delete(oldest);
    return token;
  }

  /** The grant behind an access token that is good right now. */
  authorize(accessToken: string): GoogleGrant | undefined {
    return this.remainingSeconds(accessToken) > 0 ? this.#accessTokens.get(accessToken)?.grant : undefined;
  }

  /** How long an access token is still good; 0 where it is not. */
  remainingSeconds(accessToken: string): number {
    const token = this.#accessTokens.get(accessToken);
    if (!token || token.grant.consent.revoked) return 0;
    return Math.max(0, Math.ceil((token.expiresAt - this.#clock.now()) / 1000));
  }

  /** The grant behind a refresh token that was not revoked. */
  findRefreshToken(refreshToken: string): GoogleGrant | undefined {
    const grant = this.#refreshTokens.get(refreshToken);
    return grant?.consent.revoked ? undefined : grant;
  }

  /** The consent behind either kind of token, if it still lives. */
  consentBehind(token: string): Consent | undefined {
    return (this.authorize(token) ?? this.findRefreshToken(token))?.consent;
  }

  /** Makes access tokens expire now, of one account or of all. */
  expireAccessTokens(account?: string): void {
    for (const token of this.#accessTokens.values()) {
      if (account === undefined || token.grant.account === account) token.expiresAt = this.#clock.now();
    }
  }
}

function randomText(): string {
  return `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll('-', '');
}
