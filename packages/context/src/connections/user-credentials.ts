import type { TokenManager } from '@context-sdk/oauth-core';
import { loadedOnce } from '@context-sdk/oauth-core/client-kit';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { keys } from '../records/keys.ts';
import { ConnectionAuth } from './connection-auth.ts';

/** The credentials of one user, which all clients of a provider share. */
export class UserCredentials {
  readonly #options: ResolvedOptions;
  readonly #userId: string;
  readonly #auth = new Map<ProviderId, ConnectionAuth>();

  constructor(options: ResolvedOptions, userId: string) {
    this.#options = options;
    this.#userId = userId;
  }

  /** Whatever authorizes the user's requests to a provider. */
  auth(provider: ProviderId): ConnectionAuth {
    const existing = this.#auth.get(provider);
    if (existing !== undefined) return existing;
    const { store, providers } = this.#options;
    const { shared, token } = providers.azureDevOps ?? {};
    const auth = new ConnectionAuth({
      provider,
      userId: this.#userId,
      audit: this.#options.audit,
      key: keys.connection(this.#userId, provider),
      store,
      tokens: loadedOnce(() => this.tokens(provider)),
      shared: provider === 'azure-devops' && shared ? token : undefined,
    });
    this.#auth.set(provider, auth);
    return auth;
  }

  /** The user's OAuth tokens. `undefined` if the host has no OAuth app at the provider. */
  async tokens(provider: ProviderId): Promise<TokenManager | undefined> {
    const client = this.#options.oauth.get(provider);
    if (client === undefined) return undefined;
    const { userTokens } = await import('./user-tokens.ts');
    return userTokens(this.#options, { userId: this.#userId, provider, client });
  }
}
