import { ConfigurationError, type TokenManager, type TokenSet } from '@context-sdk/oauth-core';
import { checkedCallOptions } from '@context-sdk/oauth-core/client-kit';
import { checkConfigured, configuredProviders, type ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { updateJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { CALL_OPTIONS, checkOptionNames, type OptionNames } from '../utils/option-names.ts';
import { accountOf } from './account-of.ts';
import type { ConnectionAuth } from './connection-auth.ts';
import { connectionStatus } from './connection-status.ts';
import type { Connection, ConnectionRecord, ImportOptions, TokenCredentials } from './connection.ts';
import type { UserCredentials } from './user-credentials.ts';
import { verifyCredentials } from './verify-credentials.ts';

/** What {@link Connections} works with. */
export interface ConnectionsParts {
  options: ResolvedOptions;
  userId: string;
  credentials: UserCredentials;
  /** Ends the user's webhooks and channels at a provider. */
  unsubscribe: (provider: ProviderId) => Promise<void>;
}

const IMPORT_OPTIONS: OptionNames<ImportOptions> = { ...CALL_OPTIONS, account: true, organizationUrl: true };

/** A user's connections to the providers. */
export class Connections {
  readonly #parts: ConnectionsParts;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
  }

  /** All configured providers, connected or not. Reads the store only; no service is called. */
  list(): Promise<Connection[]> {
    const providers = configuredProviders(this.#parts.options.providers);
    return Promise.all(providers.map((provider) => this.get(provider)));
  }

  /** One provider's state. Throws {@link ConfigurationError} for a provider that is not configured. */
  async get(provider: ProviderId): Promise<Connection> {
    const { auth, tokens } = this.#credentialsAt(provider);
    auth.invalidate();
    const record = await auth.record();
    if (record !== undefined) {
      const oauth = { tokens, provider: this.#parts.options.oauth.get(provider)?.provider };
      return await connectionStatus(provider, record, oauth);
    }
    const common = { provider, account: 'default' } as const;
    if (auth.isShared) return { ...common, state: 'connected', kind: 'shared' };
    return { ...common, state: 'needs-reauthorization', reason: 'never-connected' };
  }

  /**
   * Connects with a token that is never refreshed. Verifies it first, in one or two requests. If that fails, nothing is
   * stored: throws {@link ReauthorizationRequiredError} if the service rejects the token, {@link PermissionError} if it
   * lacks permissions, and {@link InvalidRequestError} or {@link ConfigurationError} for invalid arguments.
   */
  async connect(provider: 'ticktick' | 'azure-devops', credentials: TokenCredentials): Promise<Connection> {
    const { tokens } = this.#credentialsAt(provider);
    const verified = await verifyCredentials(this.#parts.options, provider, credentials);
    await this.#save(provider, {
      kind: 'token',
      grantId: crypto.randomUUID(),
      token: credentials.token,
      ...verified,
    });
    // Tokens of an earlier sign-in are obsolete, even if the provider cannot revoke them.
    await tokens?.revoke().catch(() => undefined);
    return await this.get(provider);
  }

  /**
   * Imports OAuth tokens that were issued to this context's app, by a sign-in or from the host's own storage. Throws
   * {@link ConfigurationError} if there is no such app or no token, and {@link StoreError}.
   */
  async import(provider: ProviderId, tokenSet: TokenSet, options: ImportOptions = {}): Promise<Connection> {
    checkOptionNames(options, IMPORT_OPTIONS);
    const { tokens } = this.#credentialsAt(provider);
    if (tokens === undefined) {
      throw new ConfigurationError('The context has no OAuth app at this provider: configure a clientId.', {
        service: provider,
      });
    }
    const call = checkedCallOptions(options, provider);
    const { organizationUrl, account = await accountOf(this.#parts.options, provider, tokenSet, call) } =
      options;
    await tokens.save(tokenSet);
    await this.#save(provider, { kind: 'oauth', account, ...(organizationUrl && { organizationUrl }) });
    return await this.get(provider);
  }

  /**
   * Ends a connection: removes webhooks and channels, deletes the credentials, and revokes OAuth tokens at the provider.
   * Throws {@link NetworkError} or {@link ServiceUnavailableError} if the provider cannot be reached; call again to retry.
   * An API token or personal access token is only deleted here. The user has to revoke it at the service.
   */
  async disconnect(provider: ProviderId): Promise<void> {
    const { options, userId, unsubscribe } = this.#parts;
    const { auth, tokens } = this.#credentialsAt(provider);
    await unsubscribe(provider);
    await options.store.delete(keys.connection(userId, provider));
    auth.invalidate();
    await tokens?.revoke();
  }

  #credentialsAt(provider: ProviderId): { auth: ConnectionAuth; tokens: TokenManager | undefined } {
    const { options, credentials } = this.#parts;
    checkConfigured(options.providers, provider);
    return { auth: credentials.auth(provider), tokens: credentials.tokens(provider) };
  }

  async #save(provider: ProviderId, connection: Omit<ConnectionRecord, 'connectedAt'>): Promise<void> {
    const { options, userId, credentials } = this.#parts;
    const record: ConnectionRecord = { ...connection, connectedAt: Date.now() };
    await updateJson<ConnectionRecord>(options.store, keys.connection(userId, provider), () => record);
    credentials.auth(provider).invalidate();
  }
}
