import type { ResolvedOptions } from '../options/resolved-options.ts';
import type { ProviderId } from '../options/provider-id.ts';
import { isUnreadable, overwriteJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { withMendedLease } from '../records/mended-lease.ts';
import type { ConnectionAudit } from './connection-audit.ts';
import type { ConnectionRecord, Grant } from './connection.ts';
import { grantOf, newGrant } from './grant.ts';
import { readConnection } from './read-connection.ts';
import type { UserCredentials } from './user-credentials.ts';

/** What changes of a connection work with. */
export interface ConnectionsParts {
  options: ResolvedOptions;
  userId: string;
  credentials: UserCredentials;
  /** Ends the user's webhooks and channels at a provider, and deletes what was derived from the grant. */
  endDerived: (provider: ProviderId, grant: Grant) => Promise<void>;
  /** Deletes what was derived from earlier grants and can't be read. */
  mendDerived: (provider: ProviderId) => Promise<void>;
}

export type NewConnection = Omit<ConnectionRecord, 'connectedAt' | 'grant' | 'endingAt'>;

/** The record of a connection before a change. */
export type PreviousConnection = ConnectionRecord | 'unreadable' | undefined;

/** Changes of one user's connection run one at a time. One that takes longer is considered dead. */
const LEASE_MS = 60_000;

/** The grant of a connection whose record is gone or can't be read: no push was opened for it. */
const UNKNOWN_GRANT: Grant = { id: 'unknown', owner: 'unknown' };

/** Replaces and ends one user's connections, one change at a time. */
export class ConnectionChanges {
  readonly #parts: ConnectionsParts;
  readonly #audit: ConnectionAudit;

  constructor(parts: ConnectionsParts, audit: ConnectionAudit) {
    this.#parts = parts;
    this.#audit = audit;
  }

  /** Stores a connection. What was derived from another account's ends first, while its tokens still work. */
  async replace(
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
        await this.#endDerived(provider, previous);
        // Until the new record is there, no request is sent with tokens of the one account for the other.
        await options.store.delete(key);
        credentials.auth(provider).invalidate();
      }
      await mendDerived(provider);
      await saveTokens(grant);
      const record: ConnectionRecord = { ...connection, grant, connectedAt: Date.now() };
      await overwriteJson(options.store, key, record);
      credentials.auth(provider).invalidate();
      this.#audit.started(provider, record, known);
      return { grantId: grant.id };
    });
  }

  /** Ends what was derived from a connection, deletes its record, and passes it to `endTokens`. */
  async end(provider: ProviderId, endTokens: (previous: PreviousConnection) => Promise<void>): Promise<void> {
    const { options, userId, credentials } = this.#parts;
    await this.#exclusively(provider, async () => {
      const previous = await this.#previous(provider);
      await this.#endDerived(provider, previous);
      await options.store.delete(keys.connection(userId, provider));
      credentials.auth(provider).invalidate();
      await endTokens(previous);
      return undefined;
    });
  }

  async #previous(provider: ProviderId): Promise<PreviousConnection> {
    const { options, userId } = this.#parts;
    try {
      return await readConnection(options.store, keys.connection(userId, provider));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      return 'unreadable';
    }
  }

  /** Marks the connection as ending first, so that nothing new is derived from it. */
  async #endDerived(provider: ProviderId, previous: PreviousConnection): Promise<void> {
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
}
