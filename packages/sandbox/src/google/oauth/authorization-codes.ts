import type { Clock } from '../../time/clock.ts';
import type { GoogleGrant } from './grants.ts';

const lifetimeMs = 10 * 60_000;

/** A code on its way to the app. */
export interface AuthorizationCode {
  readonly grant: GoogleGrant;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  /** Whether its exchange gives a refresh token. */
  readonly refreshToken: boolean;
  readonly expiresAt: number;
  used: boolean;
}

/** Codes: good once, for ten minutes. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(details: Omit<AuthorizationCode, 'expiresAt' | 'used'>): string {
    const code = `4/0A${crypto.randomUUID().replaceAll('-', '')}`;
    this.#codes.set(code, { ...details, expiresAt: this.#clock.now() + lifetimeMs, used: false });
    return code;
  }

  find(code: string): AuthorizationCode | undefined {
    return this.#codes.get(code);
  }

  hasExpired({ expiresAt }: AuthorizationCode): boolean {
    return this.#clock.now() >= expiresAt;
  }
}
