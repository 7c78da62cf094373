import type { Random } from '../../random.ts';
import type { Clock } from '../../time/clock.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';
import type { Scope } from './caller.ts';

/** A personal access token, without its text: good for one organization. */
export interface PersonalAccessToken {
  readonly organization: string;
  readonly person: AzureDevOpsPerson;
  readonly scopes: readonly Scope[];
  readonly expiresAt: number;
  revoked: boolean;
}

const TOKEN_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Every personal access token of the sandbox. */
export class PersonalAccessTokens {
  readonly #tokens = new Map<string, PersonalAccessToken>();
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The old form has 52 characters, the new one 84 with AZDO at 77 to 80. */
  issue(length: 52 | 84, token: Omit<PersonalAccessToken, 'revoked'>): string {
    const characters = (count: number): string => this.#random.text(count, TOKEN_CHARACTERS);
    const text = length === 52 ? characters(52) : `${characters(76)}AZDO${characters(4)}`;
    this.#tokens.set(text, { ...token, revoked: false });
    return text;
  }

  /** The token behind this text, while it is good. */
  authorize(text: string): PersonalAccessToken | undefined {
    const token = this.#tokens.get(text);
    return token && !token.revoked && this.#clock.now() < token.expiresAt ? token : undefined;
  }

  /** Revokes those of one person, or all. */
  revoke(uniqueName?: string): void {
    for (const token of this.#tokens.values()) {
      if (uniqueName === undefined || token.person.uniqueName === uniqueName) token.revoked = true;
    }
  }
}
