import type { Lease } from '@context-sdk/oauth-core/store-kit';
import type { ProviderId } from '../options/provider-id.ts';
import type { ChangeService } from '../options/provider-of-service.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { checkHeld, type LeaseTime } from '../records/held-lease.ts';
import { isUnreadable, overwriteJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { withMendedLease } from '../records/mended-lease.ts';
import type { ConnectionAudit } from './connection-audit.ts';
import { rejectionKey } from './connection-auth.ts';
import type { ConnectionRecord, Grant } from './connection.ts';
import { beginEnding, endEnding } from './current-grant.ts';
import { grantOf, newGrant } from './grant.ts';
import { readConnection } from './read-connection.ts';
import { storedGrantId } from './stored-tokens.ts';
import type { UserCredentials } from './user-credentials.ts';

/** What changes of a connection work with. */
export interface ConnectionsParts {
  options: ResolvedOptions;
  userId: string;
  credentials: UserCredentials;
  /**
   * Ends the user's webhooks and channels at a provider, and deletes what was derived from the grant. Returns the services
   * that have not ended them. Throws {@link StoreError} once the lease has expired.
   */
  endDerived: (provider: ProviderId, grant: Grant, lease: LeaseTime) => Promise<ChangeService[]>;
  /** Deletes what was derived from earlier grants and can't be read. */
  mendDerived: (provider: ProviderId) => Promise<void>;
}

export type NewConnection = Omit<ConnectionRecord, 'connectedAt' | 'grant' | 'endingAt'>;

/** The record of a connection before a change. */
export type PreviousConnection = ConnectionRecord | 'unreadable' | undefined;

/** Changes of one user's connection run one at a time. Others wait so long for one whose process has died. */
const LEASE_MS = 60_000;

/** The grant of a connection whose record is gone or can't be read: no push was opened for it. */
const UNKNOWN_GRANT: Grant = { id: 'unknown', owner: 'unknown' };

/** How a connection ends. */
export interface EndOptions {
  isCrashed?: boolean;
  onHeld?: () => void;
}

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
    saveTokens: (grant: Grant, formerGrantId: string | undefined) => Promise<void>,
    signInId?: string,
  ): Promise<void> {
    const { options, userId, credentials, mendDerived } = this.#parts;
    const key = keys.connection(userId, provider);
    await this.#exclusively(provider, { isPatient: true }, async (lease) => {
      const previous = await this.#previous(provider);
      const formerGrantId = await this.#storedGrantId(provider);
      const known = previous === 'unreadable' ? undefined : previous;
      const grant = await newGrant(provider, connection, known, { providers: options.providers, signInId });
      const record: ConnectionRecord = { ...connection, grant, connectedAt: Date.now() };
      if (known === undefined || grantOf(known).owner !== grant.owner) {
        if (previous !== undefined) await this.#endDerived(provider, previous, {}, lease);
        checkHeld(lease);
        // Until the new record is whole, no request is sent with tokens of the one account for the other.
        await options.jobs.plan(key, Date.now() + LEASE_MS);
        await overwriteJson(options.store, key, incomplete(record));
        credentials.auth(provider).invalidate();
      }
      await mendDerived(provider);
      checkHeld(lease);
      await saveTokens(grant, formerGrantId);
      await overwriteJson(options.store, key, record);
      await this.#endPauses(provider);
      await options.jobs.plan(key, Date.now());
      credentials.auth(provider).invalidate();
      this.#audit.started(provider, record, known?.isIncomplete ? undefined : known);
      return { grantId: grant.id };
    });
  }

  /**
   * Ends what was derived from a connection, and its tokens. Its record goes last: a crash leaves it, and maintenance goes on.
   * `isCrashed`: only if a disconnect crashed; one that another process is at is told to `onHeld` and not waited for. `endTokens` gets the
   * grant of the tokens that were stored when it began. Returns the services that have not ended their pushes.
   */
  async end(
    provider: ProviderId,
    endTokens: (previous: PreviousConnection, grantId: string | undefined) => Promise<void>,
    { isCrashed = false, onHeld }: EndOptions = {},
  ): Promise<ChangeService[]> {
    const { options, userId, credentials } = this.#parts;
    const key = keys.connection(userId, provider);
    let openPushes: ChangeService[] = [];
    if (isCrashed && !isCrashedDisconnect(await this.#previous(provider))) return openPushes;
    const isDone = await this.#exclusively(provider, { isPatient: !isCrashed }, async (lease) => {
      const previous = await this.#previous(provider);
      // Meanwhile another process may have ended it, and the user may have signed in again.
      if (isCrashed && !isCrashedDisconnect(previous)) return lease.value;
      const grantId = await this.#storedGrantId(provider);
      try {
        openPushes = await this.#endDerived(provider, previous, { isDisconnecting: true }, lease);
      } finally {
        // The tokens end even if something could not be deleted, but not those of a sign-in that came later.
        await endTokens(previous, grantId);
      }
      checkHeld(lease);
      if ((await this.#previous(provider)) === 'unreadable') await options.store.delete(key);
      await this.#endPauses(provider);
      return undefined;
    });
    if (!isDone) {
      onHeld?.();
      return openPushes;
    }
    await this.#deleteEnded(key);
    credentials.auth(provider).invalidate();
    return openPushes;
  }

  /** What was held back for the grant of before goes on with the new one. */
  async #endPauses(provider: ProviderId): Promise<void> {
    const { options, userId } = this.#parts;
    await endEnding(options.store, userId, provider);
    await options.store.delete(rejectionKey(userId, provider));
  }

  /** Deletes the record of a connection that has ended, unless the user has signed in again. */
  async #deleteEnded(key: string): Promise<void> {
    const { store } = this.#parts.options;
    for (;;) {
      const ended = await store.get(key);
      if (ended === undefined || !(await readConnection(store, key))?.isDisconnecting) return;
      if (await store.delete(key, ended.version)) return;
    }
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

  async #storedGrantId(provider: ProviderId): Promise<string | undefined> {
    const { options, userId } = this.#parts;
    return await storedGrantId(options.store, keys.tokens(userId, provider));
  }

  /** Marks the connection as ending first, so that nothing new is derived from it. */
  async #endDerived(
    provider: ProviderId,
    previous: PreviousConnection,
    change: Pick<ConnectionRecord, 'isDisconnecting'>,
    lease: LeaseTime,
  ): Promise<ChangeService[]> {
    const { options, userId, credentials, endDerived } = this.#parts;
    // This process may still know the account before: another one has connected this.
    credentials.auth(provider).invalidate();
    if (previous === undefined || previous === 'unreadable')
      return await endDerived(provider, UNKNOWN_GRANT, lease);
    const ending: ConnectionRecord = { ...previous, ...change, endingAt: Date.now() };
    const key = keys.connection(userId, provider);
    if (!ending.isDisconnecting) await beginEnding(options.store, userId, provider);
    await overwriteJson(options.store, key, ending);
    // Should this process crash, maintenance goes on.
    await options.jobs.plan(key, Date.now() + LEASE_MS);
    const openPushes = await endDerived(provider, grantOf(previous), lease);
    this.#audit.pushesRemain(provider, previous, openPushes);
    return openPushes;
  }

  /**
   * One change of the connection at a time. What `work` returns says that the user has an account of their own. Returns whether it ran:
   * an impatient one doesn't wait for another that is under way.
   */
  async #exclusively(
    provider: ProviderId,
    { isPatient }: { isPatient: boolean },
    work: (lease: Lease<object>) => Promise<object | undefined>,
  ): Promise<boolean> {
    const { options, userId } = this.#parts;
    const key = keys.ownConnection(userId, provider);
    const ifHeld = isPatient ? undefined : () => false;
    return await withMendedLease<object, boolean>(
      options.store,
      key,
      { ttlMs: LEASE_MS, ifHeld },
      async (lease) => {
        await lease.save(await work(lease));
        return true;
      },
    );
  }
}

/** Tells maintenance of the tokens that are stored next, in case that nothing comes after them. */
function incomplete(record: ConnectionRecord): ConnectionRecord {
  return { ...record, isIncomplete: true, endingAt: record.connectedAt };
}

/** Whether a disconnect or a first sign-in began and is not under way any more. A time far ahead was written by a wrong clock. */
function isCrashedDisconnect(previous: PreviousConnection): boolean {
  if (typeof previous !== 'object' || !(previous.isDisconnecting || previous.isIncomplete)) return false;
  return Math.abs(Date.now() - (previous.endingAt ?? 0)) >= LEASE_MS;
}
