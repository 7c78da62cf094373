import {
  ConfigurationError,
  ContextSdkError,
  type TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { checkedCallOptions, type OwnOptions } from '@context-sdk/oauth-core/client-kit';
import { readLeased } from '@context-sdk/oauth-core/store-kit';
import { checkConfigured, configuredProviders, type ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { isUnreadable, overwriteJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { withMendedLease } from '../records/mended-lease.ts';
import { accountOf } from './account-of.ts';
import type { ConnectionAuth } from './connection-auth.ts';
import { connectionStatus } from './connection-status.ts';
import type { Connection, ConnectionRecord, Grant, ImportOptions, TokenCredentials } from './connection.ts';
import { grantOf, newGrant } from './grant.ts';
import { readConnection } from './read-connection.ts';
import type { UserCredentials } from './user-credentials.ts';
import { verifyCredentials } from './verify-credentials.ts';

/** What {@link Connections} works with. */
export interface ConnectionsParts {
  options: ResolvedOptions;
  userId: string;
  credentials: UserCredentials;
  /** Ends the user's webhooks and channels at a provider, and deletes what was derived from the grant. */
  endDerived: (provider: ProviderId, grant: Grant) => Promise<void>;
  /** Deletes what was derived from earlier grants and can't be read. */
  mendDerived: (provider: ProviderId) => Promise<void>;
}

type NewConnection = Omit<ConnectionRecord, 'connectedAt' | 'grant' | 'endingAt'>;

/** Changes of one user's connection run one at a time. One that takes longer is considered dead. */
const LEASE_MS = 60_000;

/** The grant of a connection whose record is gone or can't be read: no push was opened for it. */
const UNKNOWN_GRANT: Grant = { id: 'unknown', owner: 'unknown' };
const IMPORT_OPTIONS: OwnOptions<ImportOptions> = { account: true, organizationUrl: 'string' };

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
    const common = { provider, account: 'default' } as const;
    auth.invalidate();
    try {
      const record = await auth.record();
      if (record !== undefined) {
        const oauth = { tokens, provider: this.#parts.options.oauth.get(provider)?.provider };
        return await connectionStatus(provider, record, oauth);
      }
    } catch (error) {
      if (!isUnreadable(error) && (await this.#hasGoodTokens(provider))) throw error;
      return { ...common, state: 'needs-reauthorization', reason: 'never-connected', unreadable: true };
    }
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
    await this.#replace(provider, { kind: 'token', token: credentials.token, ...verified }, async () => {
      // Tokens of an earlier sign-in are obsolete, even if the provider cannot revoke them.
      const revoke = async (): Promise<void> => void (await tokens?.revoke().catch(() => undefined));
      if (tokens !== undefined) await this.#mendTokens(provider, revoke);
    });
    return await this.get(provider);
  }

  /**
   * Imports OAuth tokens that were issued to this context's app, by a sign-in or from the host's own storage. Throws
   * {@link ConfigurationError} if there is no such app or no token, and {@link StoreError}.
   */
  async import(provider: ProviderId, tokenSet: TokenSet, options: ImportOptions = {}): Promise<Connection> {
    const call = checkedCallOptions(options, provider, IMPORT_OPTIONS);
    const { tokens } = this.#credentialsAt(provider);
    if (tokens === undefined) {
      throw new ConfigurationError('The context has no OAuth app at this provider: configure a clientId.', {
        service: provider,
      });
    }
    const { organizationUrl } = options;
    const { account = await accountOf(this.#parts.options, provider, { tokenSet, organizationUrl }, call) } =
      options;
    const connection: NewConnection = { kind: 'oauth', account, ...(organizationUrl && { organizationUrl }) };
    await this.#replace(provider, connection, async ({ id: grantId }) => {
      const before = (await this.#hasGoodTokens(provider)) ? (await tokens.status()).scopes : undefined;
      await this.#mendTokens(provider, () => tokens.save({ ...tokenSet, grantId }));
      this.#auditScopes({ provider, grantId, accountId: account?.id }, before, tokenSet.scopes);
    });
    return await this.get(provider);
  }

  /**
   * Ends a connection: removes webhooks and channels, deletes the credentials, and revokes OAuth tokens at the provider.
   * Throws {@link NetworkError} or {@link ServiceUnavailableError} if the provider cannot be reached; call again to retry.
   * An API token or personal access token is only deleted here. The user has to revoke it at the service.
   */
  async disconnect(provider: ProviderId): Promise<void> {
    const { options, userId } = this.#parts;
    const { auth, tokens } = this.#credentialsAt(provider);
    let failure: { error: unknown } | undefined;
    await this.#exclusively(provider, async () => {
      const previous = await this.#previous(provider);
      await this.#end(provider, previous);
      await options.store.delete(keys.connection(userId, provider));
      auth.invalidate();
      const revoke = async (): Promise<void> => void (await tokens?.revoke());
      await this.#mendTokens(provider, revoke).catch((error: unknown) => {
        failure = { error };
      });
      this.#auditEnd(provider, previous, failure?.error);
      return undefined;
    });
    if (failure !== undefined) throw failure.error;
  }

  #credentialsAt(provider: ProviderId): { auth: ConnectionAuth; tokens: TokenManager | undefined } {
    const { options, credentials } = this.#parts;
    checkConfigured(options.providers, provider);
    return { auth: credentials.auth(provider), tokens: credentials.tokens(provider) };
  }

  /** Stores a connection. What was derived from another account's ends first, while its tokens still work. */
  async #replace(
    provider: ProviderId,
    connection: NewConnection,
    saveTokens: (grant: Grant) => Promise<void>,
  ): Promise<void> {
    const { options, userId, credentials, mendDerived } = this.#parts;
    const key = keys.connection(userId, provider);
    await this.#exclusively(provider, async () => {
      const previous = await this.#previous(provider);
      const known = previous === 'unreadable' ? undefined : previous;
      const grant = await newGrant(provider, connection, known);
      if (previous !== undefined && (known === undefined || grantOf(known).owner !== grant.owner)) {
        await this.#end(provider, previous);
        // Until the new record is there, no request is sent with tokens of the one account for the other.
        await options.store.delete(key);
        credentials.auth(provider).invalidate();
      }
      await mendDerived(provider);
      await saveTokens(grant);
      const record: ConnectionRecord = { ...connection, grant, connectedAt: Date.now() };
      await overwriteJson(options.store, key, record);
      credentials.auth(provider).invalidate();
      this.#auditStart(provider, record, known);
      return { grantId: grant.id };
    });
  }

  #auditStart(provider: ProviderId, record: ConnectionRecord, previous: ConnectionRecord | undefined): void {
    const { options, userId } = this.#parts;
    const { kind, account } = record;
    const facts = { provider, userId, grantId: grantOf(record).id, accountId: account?.id };
    if (previous === undefined) return options.audit({ ...facts, type: 'connected', kind });
    const [previousGrantId, previousAccountId] = [grantOf(previous).id, previous.account?.id];
    options.audit({ ...facts, type: 'replaced', previousGrantId, previousAccountId });
  }

  #auditScopes(
    facts: { provider: ProviderId; grantId: string; accountId: string | undefined },
    before: readonly string[] = [],
    after: readonly string[] = [],
  ): void {
    const { options, userId } = this.#parts;
    const added = after.filter((scope) => !before.includes(scope));
    const removed = before.filter((scope) => !after.includes(scope));
    // A provider that tells no scopes granted what was asked for.
    const isKnown = before.length > 0 && after.length > 0;
    if (!isKnown || added.length + removed.length === 0) return;
    options.audit({ ...facts, userId, type: 'scopes-changed', added, removed });
  }

  #auditEnd(
    provider: ProviderId,
    previous: ConnectionRecord | 'unreadable' | undefined,
    failure: unknown,
  ): void {
    const { options, userId } = this.#parts;
    if (previous === undefined) return;
    const known = previous === 'unreadable' ? undefined : previous;
    const grantId = known && grantOf(known).id;
    const facts = { provider, userId, grantId, accountId: known?.account?.id };
    if (failure instanceof ContextSdkError) {
      return options.audit({ ...facts, type: 'revocation-failed', attempts: 1, error: failure });
    }
    const hasRevocation = options.oauth.get(provider)?.provider.revocationEndpoint !== undefined;
    options.audit({ ...facts, type: 'revoked', atProvider: known?.kind === 'oauth' && hasRevocation });
  }

  async #previous(provider: ProviderId): Promise<ConnectionRecord | 'unreadable' | undefined> {
    const { options, userId } = this.#parts;
    try {
      return await readConnection(options.store, keys.connection(userId, provider));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      return 'unreadable';
    }
  }

  /** Marks the connection as ending first, so that nothing new is derived from it. */
  async #end(provider: ProviderId, previous: ConnectionRecord | 'unreadable' | undefined): Promise<void> {
    const { options, userId, endDerived } = this.#parts;
    if (previous === undefined || previous === 'unreadable') return await endDerived(provider, UNKNOWN_GRANT);
    const ending: ConnectionRecord = { ...previous, endingAt: Date.now() };
    await overwriteJson(options.store, keys.connection(userId, provider), ending);
    await endDerived(provider, grantOf(previous));
  }

  /** One change of the connection at a time. What `work` returns says that the user has an account of their own. */
  async #exclusively(provider: ProviderId, work: () => Promise<object | undefined>): Promise<void> {
    const { options, userId } = this.#parts;
    const key = keys.ownConnection(userId, provider);
    await withMendedLease<object>(options.store, key, { ttlMs: LEASE_MS }, async (lease) => {
      await lease.save(await work());
    });
  }

  /** Works on the user's tokens. Those that can't be read, or are not tokens, are deleted first: nothing can use them. */
  async #mendTokens(provider: ProviderId, work: () => Promise<void>): Promise<void> {
    const { options, userId } = this.#parts;
    if (!(await this.#hasGoodTokens(provider))) await options.store.delete(keys.tokens(userId, provider));
    await work();
  }

  /** Whether the record of the tokens, if there is one, can be read and has what every such record has. */
  async #hasGoodTokens(provider: ProviderId): Promise<boolean> {
    const { options, userId } = this.#parts;
    try {
      const record = await readLeased<Partial<TokenRecord>>(options.store, keys.tokens(userId, provider));
      return record === undefined || typeof record.tokenSet?.accessToken === 'string';
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      return false;
    }
  }
}

/** What every record of tokens has. */
interface TokenRecord {
  tokenSet: TokenSet;
}
