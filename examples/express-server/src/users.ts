import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import {
  ConfigurationError,
  OAuthClient,
  type RecordStore,
  staticToken,
  TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { TickTickClient } from '@context-sdk/ticktick-client';
import type { Settings } from './settings.ts';

/** Everything that the application does on behalf of its users. */
export class Users {
  readonly ticktickOAuth: OAuthClient;
  readonly googleOAuth: OAuthClient | undefined;
  readonly #store: RecordStore;
  readonly #settings: Settings;

  constructor(settings: Settings, store: RecordStore) {
    this.#settings = settings;
    this.#store = store;
    this.ticktickOAuth = new OAuthClient(settings.ticktick);
    this.googleOAuth = settings.google && new OAuthClient(settings.google);
  }

  /** A user's TickTick tokens, kept fresh in the store. */
  ticktickTokens(userId: string): TokenManager {
    return this.#tokens(this.ticktickOAuth, userId);
  }

  /** A user's Google tokens, kept fresh in the store. */
  googleTokens(userId: string): TokenManager {
    if (this.googleOAuth === undefined) throw new ConfigurationError('This server has no app at Google.');
    return this.#tokens(this.googleOAuth, userId);
  }

  ticktick(userId: string): TickTickClient {
    return new TickTickClient({ ...this.#settings.ticktick.api, auth: this.ticktickTokens(userId) });
  }

  calendar(userId: string): GoogleCalendarClient {
    return new GoogleCalendarClient({
      auth: this.googleTokens(userId),
      baseUrl: this.#settings.google?.calendarUrl,
    });
  }

  gmail(userId: string): GmailClient {
    return new GmailClient({ auth: this.googleTokens(userId), baseUrl: this.#settings.google?.gmailUrl });
  }

  /** Makes or finds the user whom TickTick has just signed in, and keeps their tokens. */
  async signedIn(tokenSet: TokenSet): Promise<string> {
    const userId = await this.#identify(tokenSet);
    await this.ticktickTokens(userId).save(tokenSet);
    return userId;
  }

  #tokens(client: OAuthClient, userId: string): TokenManager {
    const key = `${userId}/${client.provider.id}/default`;
    return new TokenManager({ client, store: this.#store, key });
  }

  /** The guide's gateways have no route that tells who the user is; there, every sign-in is a user. */
  async #identify({ accessToken }: TokenSet): Promise<string> {
    const { api } = this.#settings.ticktick;
    if (api?.dialect === 'guide') return crypto.randomUUID();
    const client = new TickTickClient({ ...api, auth: staticToken(accessToken) });
    return (await client.account.get()).username;
  }
}
