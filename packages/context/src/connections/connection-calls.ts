import {
  ConfigurationError,
  type RevocationOutcome,
  type TokenManager,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { checkedCallOptions, isObject, type OwnOptions } from '@context-sdk/oauth-core/client-kit';
import { checkConfigured, configuredProviders, type ProviderId } from '../options/provider-id.ts';
import { isUnreadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { invalidInput } from '../utils/input-checks.ts';
import { accountOf } from './account-of.ts';
import { ConnectionAudit } from './connection-audit.ts';
import type { ConnectionAuth } from './connection-auth.ts';
import {
  ConnectionChanges,
  type ConnectionsParts,
  type EndOptions,
  type NewConnection,
} from './connection-changes.ts';
import { connectionStatus } from './connection-status.ts';
import {
  CONNECTED_ACCOUNT,
  type Connection,
  type EndedConnection,
  type ImportOptions,
  type TokenCredentials,
} from './connection.ts';
import { deleteDamagedTokens, hasGoodTokens } from './stored-tokens.ts';
import { verifyCredentials } from './verify-credentials.ts';

const IMPORT_OPTIONS: OwnOptions<ImportOptions> = { account: CONNECTED_ACCOUNT, organizationUrl: 'string' };

/** The others would have their tokens verified, and so sent, to the wrong service. */
const TOKEN_PROVIDERS: ReadonlySet<string> = new Set(['ticktick', 'azure-devops']);

/** What came of a connection, by what came of its OAuth tokens. */
const OUTCOMES = {
  revoked: 'ended',
  'in-use': 'ended',
  pending: 'revocation-pending',
  unsupported: 'token-remains',
} as const satisfies Record<RevocationOutcome, EndedConnection['outcome']>;

interface CredentialsAt {
  auth: ConnectionAuth;
  tokens: TokenManager | undefined;
  /** Of the record of the OAuth tokens. */
  key: string;
}

/** What {@link Connections} does, loaded on first use. */
export class ConnectionCalls {
  readonly #parts: ConnectionsParts;
  readonly #audit: ConnectionAudit;
  readonly #changes: ConnectionChanges;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
    this.#audit = new ConnectionAudit(parts.options, parts.userId);
    this.#changes = new ConnectionChanges(parts, this.#audit);
  }

  list(): Promise<Connection[]> {
    const providers = configuredProviders(this.#parts.options.providers);
    return Promise.all(providers.map((provider) => this.get(provider)));
  }

  async get(provider: ProviderId): Promise<Connection> {
    const { auth, tokens, key } = await this.#credentialsAt(provider);
    const { store } = this.#parts.options;
    const common = { provider, account: 'default' } as const;
    auth.invalidate();
    try {
      const record = await auth.record();
      if (record !== undefined) {
        const oauth = { tokens, provider: this.#parts.options.oauth.get(provider)?.provider };
        return await connectionStatus(provider, record, oauth);
      }
    } catch (error) {
      if (!isUnreadable(error) && (await hasGoodTokens(store, key))) throw error;
      return { ...common, state: 'needs-reauthorization', reason: 'never-connected', unreadable: true };
    }
    if (auth.isShared) return { ...common, state: 'connected', kind: 'shared' };
    return { ...common, state: 'needs-reauthorization', reason: 'never-connected' };
  }

  async connect(provider: 'ticktick' | 'azure-devops', credentials: TokenCredentials): Promise<Connection> {
    const at = await this.#credentialsAt(provider);
    if (!TOKEN_PROVIDERS.has(provider)) {
      throw new ConfigurationError('This provider takes no token of a user: they sign in.', {
        service: provider,
      });
    }
    const verified = await verifyCredentials(this.#parts.options, provider, credentials);
    await this.#changes.replace(
      provider,
      { kind: 'token', token: credentials.token, ...verified },
      async (_grant, grantId) => {
        // Tokens of an earlier sign-in are obsolete, even if the provider cannot revoke them.
        if (grantId !== undefined) await this.#endTokens(at, grantId);
      },
    );
    return await this.get(provider);
  }

  async import(provider: ProviderId, tokenSet: TokenSet, options?: ImportOptions): Promise<Connection> {
    const call = checkedCallOptions(options, provider, IMPORT_OPTIONS);
    const { tokens, key } = await this.#credentialsAt(provider);
    const { store } = this.#parts.options;
    if (tokens === undefined) {
      throw new ConfigurationError('The context has no OAuth app at this provider: configure a clientId.', {
        service: provider,
      });
    }
    if (!isObject(tokenSet)) throw invalidInput('tokenSet', 'must be an object');
    if (typeof tokenSet.accessToken !== 'string' || tokenSet.accessToken === '')
      throw invalidInput('tokenSet.accessToken', 'is empty or not a string');
    const { organizationUrl } = options ?? {};
    const of = { tokenSet, organizationUrl };
    const account = options?.account ?? (await accountOf(this.#parts.options, provider, of, call));
    call.signal?.throwIfAborted();
    const connection: NewConnection = { kind: 'oauth', account, ...(organizationUrl && { organizationUrl }) };
    await this.#changes.replace(
      provider,
      connection,
      async ({ id: grantId }) => {
        await deleteDamagedTokens(store, key);
        const before = (await tokens.status()).scopes;
        const accountId = tokenSet.accountId ?? account?.id;
        await tokens.save({ ...tokenSet, grantId, ...(accountId !== undefined && { accountId }) });
        this.#audit.scopesChanged({ provider, grantId, accountId: account?.id }, before, tokenSet.scopes);
      },
      tokenSet.grantId,
    );
    return await this.get(provider);
  }

  disconnect(provider: ProviderId): Promise<EndedConnection> {
    return this.#end(provider);
  }

  async finishDisconnect(provider: ProviderId): Promise<boolean> {
    let isFree = true;
    await this.#end(provider, { isCrashed: true, onHeld: () => (isFree = false) });
    return isFree;
  }

  async #end(provider: ProviderId, options?: EndOptions): Promise<EndedConnection> {
    const at = await this.#credentialsAt(provider);
    let outcome: EndedConnection['outcome'] = 'ended';
    const openPushes = await this.#changes.end(
      provider,
      async (previous, grantId) => {
        if (grantId !== undefined) outcome = OUTCOMES[await this.#endTokens(at, grantId)];
        else if (previous !== undefined) outcome = 'token-remains';
        const isUntold = at.tokens === undefined || grantId === undefined;
        if (isUntold && previous !== undefined) this.#audit.ended(provider, previous);
      },
      options,
    );
    return { provider, outcome, ...(openPushes.length > 0 && { openPushes }) };
  }

  /** Tokens of an app that the host has no more can't be revoked: they are only deleted. */
  async #endTokens({ tokens, key }: CredentialsAt, grantId: string): Promise<RevocationOutcome> {
    if (tokens !== undefined) return await tokens.revoke({ grantId });
    await this.#parts.options.store.delete(key);
    return 'unsupported';
  }

  async #credentialsAt(provider: ProviderId): Promise<CredentialsAt> {
    const { options, credentials, userId } = this.#parts;
    checkConfigured(options.providers, provider);
    const tokens = await credentials.tokens(provider);
    return { auth: credentials.auth(provider), tokens, key: keys.tokens(userId, provider) };
  }
}
