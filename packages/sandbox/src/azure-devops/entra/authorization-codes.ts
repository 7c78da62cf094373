import type { Clock } from '../../time/clock.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';
import type { Grant } from './grants.ts';
import type { RequestedScopes } from './scopes.ts';

const lifetimeMs = 10 * 60_000;

/** A code on its way to the app. */
export interface AuthorizationCode {
  readonly person: AzureDevOpsPerson;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly requested: RequestedScopes;
  readonly codeChallenge: string | undefined;
  readonly expiresAt: number;
  used: boolean;
  /** What came of it, once redeemed. */
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
    const code = `1.${crypto.randomUUID().replaceAll('-', '')}`;
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
