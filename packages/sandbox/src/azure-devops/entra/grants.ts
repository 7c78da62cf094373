import type { Clock } from '../../time/clock.ts';
import type { Scope } from '../access/caller.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';

const refreshLifetimeMs = 90 * 86_400_000;

/** A consent, or an app's own identity, with every token that came of it. */
export interface Grant {
  readonly person: AzureDevOpsPerson;
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  readonly scopeText: string;
  /** Whether it comes with refresh tokens. */
  readonly offline: boolean;
  revoked: boolean;
}

interface AccessToken {
  readonly grant: Grant;
  expiresAt: number;
}

/** A refresh token: each use gives a new one, and 90 idle days end it. */
export interface RefreshToken {
  readonly grant: Grant;
  readonly issuedAt: number;
  readonly expiresAt: number;
  used: boolean;
}

/** Every token that Entra ID issued. */
export class Grants {
  readonly #accessTokens = new Map<string, AccessToken>();
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issueAccessToken(grant: Grant, expiresInSeconds: number): string {
    const token = `eyJ0eXAiOiJKV1QifQ.${randomText()}.${randomText()}`;
    this.#accessTokens.set(token, { grant, expiresAt: this.#clock.now() + expiresInSeconds * 1000 });
    return token;
  }

  issueRefreshToken(grant: Grant): string {
    const token = `0.${randomText()}.${randomText()}`;
    const issuedAt = this.#clock.now();
    this.#refreshTokens.set(token, { grant, issuedAt, expiresAt: issuedAt + refreshLifetimeMs, used: false });
    return token;
  }

  /** The grant behind an access token that is good right now. */
  authorize(accessToken: string): Grant | undefined {
    const token = this.#accessTokens.get(accessToken);
    if (!token || token.grant.revoked || this.#clock.now() >= token.expiresAt) return undefined;
    return token.grant;
  }

  findRefreshToken(refreshToken: string): RefreshToken | undefined {
    return this.#refreshTokens.get(refreshToken);
  }

  expireAccessTokens(): void {
    for (const token of this.#accessTokens.values()) token.expiresAt = this.#clock.now();
  }

  /** Ends what apps were given, by one person or by all. */
  revoke(uniqueName?: string): void {
    for (const { grant } of [...this.#accessTokens.values(), ...this.#refreshTokens.values()]) {
      if (uniqueName === undefined || grant.person.uniqueName === uniqueName) grant.revoked = true;
    }
  }
}

function randomText(): string {
  return crypto.randomUUID().replaceAll('-', '') + crypto.randomUUID().replaceAll('-', '');
}
