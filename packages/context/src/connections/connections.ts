import {
  ConfigurationError,
  type OAuthProvider,
  type TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { checkedProvider, configuredProviders } from '../options/configured-providers.ts';
import type { ProviderId } from '../options/provider-id.ts';
import { updateJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import type { Setup } from '../options/resolved-options.ts';
import type { UserClients } from './user-clients.ts';
import type { Connection } from './connection.ts';
import type { ImportOptions, TokenCredentials } from './connection-options.ts';
import type { ConnectionRecord } from './connection-record.ts';
import { missingScopes } from './missing-scopes.ts';
import { proveCredentials } from './verify-credentials.ts';
import { whoseTokens } from './account-of.ts';

/** What a user has connected. */
export class Connections {
  readonly #setup: Setup;
  readonly #userId: string;
  readonly #clients: UserClients;
  readonly #endDeliveries: (provider: ProviderId) => Promise<void>;

  constructor(
    setup: Setup,
    userId: string,
    clients: UserClients,
    endDeliveries: (provider: ProviderId) => Promise<void>,
  ) {
    this.#setup = setup;
    this.#userId = userId;
    this.#clients = clients;
    this.#endDeliveries = endDeliveries;
  }

  /** Every provider that the context works with, connected or not: from the store, without asking any service. */
  list(): Promise<Connection[]> {
    const providers = configuredProviders(this.#setup.providers);
    return Promise.all(providers.map((provider) => this.get(provider)));
  }

  /** One of them. Throws {@link ConfigurationError} for a provider that the context does not work with. */
  async get(provider: ProviderId): Promise<Connection> {
    const { auth, tokens } = this.#at(provider);
    auth.forget();
    const record = await auth.record();
    const common = { provider, account: 'default' } as const;
    if (record === undefined) {
      if (auth.isShared) return { ...common, state: 'connected', kind: 'shared' };
      return { ...common, state: 'needs-reauthorization', reason: 'never-connected' };
    }
    const { kind, connectedAt, account: identity, organizationUrl } = record;
    const facts = {
      ...common,
      kind,
      connectedAt,
      ...(identity && { identity }),
      ...(organizationUrl && { organizationUrl }),
    };
    if (kind === 'oauth' && tokens !== undefined) {
      return { ...facts, ...(await grantOf(tokens, this.#setup.oauth.get(provider)?.provider)) };
    }
    if (record.isRejected) return { ...facts, state: 'needs-reauthorization', reason: 'rejected' };
    return { ...facts, state: 'connected' };
  }

  /**
   * Connects by a token that nothing refreshes, after a request or two that prove it. Throws
   * {@link ReauthorizationRequiredError} where the service refuses it, {@link PermissionError} where it is not enough,
   * and {@link InvalidRequestError} or {@link ConfigurationError} naming what can't be right. Then nothing is stored.
   */
  async connect(provider: 'ticktick' | 'azure-devops', credentials: TokenCredentials): Promise<Connection> {
    const { tokens } = this.#at(provider);
    const proven = await proveCredentials(this.#setup, provider, credentials);
    await this.#put(provider, { kind: 'token', token: credentials.token, ...proven });
    // The tokens of an earlier sign-in are of no use any more, whether the provider can be told so or not.
    await tokens?.revoke().catch(() => undefined);
    return await this.get(provider);
  }

  /**
   * Takes over tokens that were issued to this context's app at the provider: of a sign-in, or that the host held before.
   * Throws {@link ConfigurationError} where there is no such app or no token, and {@link StoreError}.
   */
  async import(provider: ProviderId, tokenSet: TokenSet, options: ImportOptions = {}): Promise<Connection> {
    const { tokens } = this.#at(provider);
    if (tokens === undefined) {
      throw new ConfigurationError('There is no clientId of an app of yours at this provider.', {
        service: provider,
      });
    }
    const { organizationUrl, account = await whoseTokens(this.#setup, provider, tokenSet, options) } =
      options;
    await tokens.save(tokenSet);
    await this.#put(provider, { kind: 'oauth', account, ...(organizationUrl && { organizationUrl }) });
    return await this.get(provider);
  }

  /**
   * Ends a connection: its webhooks and channels go, nobody uses it any more, and the provider revokes its tokens. Where the provider can't be
   * reached the error says so, and another call tries again. A personal access token or API token of the user's is
   * forgotten, but only the user can revoke it.
   */
  async disconnect(provider: ProviderId): Promise<void> {
    const { auth, tokens } = this.#at(provider);
    await this.#endDeliveries(provider);
    await this.#setup.store.delete(keys.connection(this.#userId, provider));
    auth.forget();
    await tokens?.revoke();
  }

  #at(provider: ProviderId): { auth: ReturnType<UserClients['auth']>; tokens: TokenManager | undefined } {
    checkedProvider(this.#setup.providers, provider);
    return { auth: this.#clients.auth(provider), tokens: this.#clients.tokens(provider) };
  }

  async #put(provider: ProviderId, connection: Omit<ConnectionRecord, 'connectedAt'>): Promise<void> {
    const record: ConnectionRecord = { ...connection, connectedAt: Date.now() };
    await updateJson<ConnectionRecord>(
      this.#setup.store,
      keys.connection(this.#userId, provider),
      () => record,
    );
    this.#clients.auth(provider).forget();
  }
}

/** Where OAuth tokens stand, and whether they cover what the host asks for. */
async function grantOf(
  tokens: TokenManager,
  provider: OAuthProvider | undefined,
): Promise<Pick<Connection, 'state' | 'reason' | 'expiresAt' | 'refreshable' | 'missingScopes'>> {
  const status = await tokens.status();
  const { state, reason, expiresAt, refreshable } = status;
  const missing = provider === undefined ? [] : missingScopes(provider, status);
  return {
    state: state === 'connected' && missing.length > 0 ? 'missing-scopes' : state,
    ...(reason && { reason }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(refreshable !== undefined && { refreshable }),
    ...(missing.length > 0 && { missingScopes: missing }),
  };
}
