import type { Clock } from '../../time/clock.ts';
import type { Scope } from '../api-call.ts';
import type { Grant } from './grants.ts';

const lifetimeMs = 10 * 60_000;

/** A code on its way to the app. */
export interface AuthorizationCode {
  readonly account: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly Scope[];
  readonly codeChallenge: string | undefined;
  readonly expiresAt: number;
  used: boolean;
  /** What came of it, once exchanged. */
  grant?: Grant;
}

/** Codes: good once, for ten minutes. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(details: Omit<AuthorizationCode, 'expiresAt' | 'used' | 'grant'>): string {
    const code = crypto.randomUUID().replaceAll('-', '').slice(0, 12);
    this.#codes.set(code, { ...details, expiresAt: this.#clock.now() + lifetimeMs, used: false });
    return code;
  }

  find(code: string): AuthorizationCode | undefined {
    return this.#codes.get(code);
  }

  hasExpired(code: AuthorizationCode): boolean {
    return this.#clock.now() >= code.expiresAt;
  }
}
