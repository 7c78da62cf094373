import {
  OAuthClient,
  type RecordStore,
  staticToken,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { TickTickClient, type TickTickClientOptions } from '@context-sdk/ticktick-client';
import type { Settings } from './settings.ts';

/** Everything that the application does on behalf of its users. */
export class Users {
  readonly oauth: OAuthClient;
  readonly #store: RecordStore;
  readonly #api: Partial<TickTickClientOptions>;

  constructor(settings: Settings, store: RecordStore) {
    this.oauth = new OAuthClient(settings);
    this.#store = store;
    this.#api = settings.api ?? {};
  }

  /** The tokens of a user, kept fresh in the store. */
  tokensOf(userId: string): TokenManager {
    return new TokenManager({ client: this.oauth, store: this.#store, key: `${userId}/ticktick/default` });
  }

  ticktick(userId: string): TickTickClient {
    return new TickTickClient({ ...this.#api, auth: this.tokensOf(userId) });
  }

  /** Makes or finds the user whom TickTick has just signed in, and keeps their tokens. */
  async signedIn(tokenSet: TokenSet): Promise<string> {
    const userId = await this.#identify(tokenSet);
    await this.tokensOf(userId).save(tokenSet);
    return userId;
  }

  /** The guide's gateways have no route that tells who the user is; there, every sign-in is a user. */
  async #identify({ accessToken }: TokenSet): Promise<string> {
    if (this.#api.dialect === 'guide') return crypto.randomUUID();
    const client = new TickTickClient({ ...this.#api, auth: staticToken(accessToken) });
    return (await client.account.get()).username;
  }
}
