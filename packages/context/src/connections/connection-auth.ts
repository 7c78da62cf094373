import { personalAccessToken } from '@context-sdk/ado-client/environment';
import {
  type AccessTokenOptions,
  type AccessTokenSource,
  type Credential,
  type CredentialOptions,
  ReauthorizationRequiredError,
  type RecordStore,
  staticToken,
  type TokenManager,
} from '@context-sdk/oauth-core';
import { credentialOf, withSoftTimeout } from '@context-sdk/oauth-core/client-kit';
import type { Audit } from '../options/audit.ts';
import type { ProviderId } from '../options/provider-id.ts';
import { updateJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { beginPause, isPaused } from '../records/pauses.ts';
import type { ConnectionRecord } from './connection.ts';
import { hasOwnConnection } from './current-grant.ts';
import { grantOf } from './grant.ts';
import { limiterAccount } from './limiter-account.ts';
import { readConnection } from './read-connection.ts';

/** How long a connection is cached before the store is read again for changes by other processes. */
const CACHE_MS = 30_000;
/** How long the cached connection stays in use without reading again if the store does not respond. */
const OUTAGE_CACHE_MS = 5_000;
/** How long a rejected token is not used. After that, the next call asks the service again. */
const REJECTION_MS = 3_600_000;

/** Where the credentials of one user at one provider can come from. */
export interface CredentialSources {
  provider: ProviderId;
  store: RecordStore;
  /** Key of the connection's record. */
  key: string;
  audit: Audit;
  /** Loads the user's OAuth tokens. `undefined` if the host has no OAuth app at the provider. */
  tokens: () => Promise<TokenManager | undefined>;
  userId: string;
  /** The host's own token, for users who have not connected an account of their own. */
  shared: string | undefined;
}

interface Credentials {
  source: AccessTokenSource;
  /** Set for a token that is never refreshed, and for its grant. */
  token?: string;
  grantId?: string;
}

/** A user's credentials at one provider: OAuth tokens, a token of their own, or the host's. */
export class ConnectionAuth implements AccessTokenSource {
  readonly #sources: CredentialSources;
  #record: ConnectionRecord | undefined;
  #credentials: Credentials | undefined;
  /** Loaded with the first record of a sign-in. */
  #tokens: TokenManager | undefined;
  /** Whether the user connected an account of their own whose record is gone. */
  #isLost = false;
  #rejectedGrantId: string | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #accountKey: string | undefined;

  constructor(sources: CredentialSources) {
    this.#sources = sources;
  }

  /**
   * The account for rate limits: the service's own if it is known, so that two users with one account share its limits. Everyone
   * who uses the host's token shares one.
   */
  get account(): string {
    const { provider, key } = this.#sources;
    return this.isShared ? `shared/${provider}` : (this.#accountKey ?? key);
  }

  /** Whether the user uses the host's token, by the last read of the record. */
  get isShared(): boolean {
    return this.#record === undefined && this.#sources.shared !== undefined && !this.#isLost;
  }

  /** The scheme of the last used credentials. Clients ask right before they send them. */
  get scheme(): 'Bearer' | 'Basic' {
    return this.#credentials?.source.scheme ?? 'Bearer';
  }

  current(grantId?: string): string | undefined {
    return this.#credentials?.source.current?.(grantId);
  }

  async lacks(anyOf: readonly string[]): Promise<boolean> {
    return (await this.#credentials?.source.lacks?.(anyOf)) ?? false;
  }

  async getAccessToken(options?: AccessTokenOptions): Promise<string> {
    return (await this.getCredential(options)).token;
  }

  async getCredential(options: CredentialOptions = {}): Promise<Credential> {
    if (options.rejected !== undefined) this.invalidate();
    const { source, token } = await this.#load();
    try {
      return await credentialOf(source, options);
    } catch (error) {
      if (error instanceof ReauthorizationRequiredError) {
        // If it can't be recorded, the next call asks the service again.
        if (token !== undefined) await this.#markRejected(token).catch(() => undefined);
        this.#auditRejection(error);
      }
      throw error;
    }
  }

  /** The connection's record, possibly cached. `undefined` if the user has no connection. */
  async record(): Promise<ConnectionRecord | undefined> {
    await this.#refreshRecord();
    return this.#record;
  }

  /** Reads the record from the store on next use. */
  invalidate(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  async #load(): Promise<Credentials> {
    await this.#refreshRecord();
    const { provider, shared } = this.#sources;
    const record = this.#record;
    if (record?.kind === 'oauth' && this.#tokens) return (this.#credentials = { source: this.#tokens });
    const token = this.isShared ? shared : record?.token;
    if (token === undefined) throw new ReauthorizationRequiredError('never-connected', { service: provider });
    if (record?.isRejected) {
      if (await this.#isHeldBack()) throw new ReauthorizationRequiredError('rejected', { service: provider });
      await this.#askAgain(token).catch(() => undefined);
    }
    const grantId = record === undefined ? `shared/${provider}` : grantOf(record).id;
    if (this.#credentials?.token === token && this.#credentials.grantId === grantId) return this.#credentials;
    const source =
      provider === 'azure-devops' ? personalAccessToken(token, { grantId }) : staticToken(token, { grantId });
    return (this.#credentials = { source, token, grantId });
  }

  async #refreshRecord(): Promise<void> {
    if (performance.now() - this.#readAt < CACHE_MS) return;
    const read = this.#readRecord();
    // Known credentials stay in use while the store is down. After a rejection, only the store can tell.
    if (this.#credentials === undefined || this.#isInvalidated()) return await read;
    const isStoreDown = (await withSoftTimeout(read)) === undefined;
    if (isStoreDown && !this.#isInvalidated()) this.#readAt = performance.now() - CACHE_MS + OUTAGE_CACHE_MS;
  }

  async #readRecord(): Promise<void> {
    const { store, key, tokens, shared, userId, provider } = this.#sources;
    const stored = await readConnection(store, key);
    const record = stored?.isIncomplete ? undefined : stored;
    const mayBeLost = record === undefined && shared !== undefined;
    const isOwn = mayBeLost && (stored !== undefined || (await hasOwnConnection(store, userId, provider)));
    this.#isLost = isOwn;
    if (record?.kind === 'oauth') this.#tokens ??= await tokens();
    const isReplaced = record?.grant?.id !== this.#record?.grant?.id;
    // Tokens of the replaced grant may still be in memory: another process has stored the new ones.
    if (isReplaced && record?.kind === 'oauth') await this.#tokens?.status();
    // Where the service doesn't name the account, each grant counts as another one.
    this.#accountKey =
      (await limiterAccount(provider, record?.account ?? {})) ?? (record && `owner/${grantOf(record).owner}`);
    this.#record = record;
    this.#readAt = performance.now();
    // A queued request must not be sent with a token that was replaced in the meantime.
    if (isReplaced || record?.token !== this.#credentials?.token) this.#credentials = undefined;
  }

  #isInvalidated(): boolean {
    return this.#readAt === Number.NEGATIVE_INFINITY;
  }

  /** Told once per grant, however many calls fail. */
  #auditRejection(error: ReauthorizationRequiredError): void {
    const { audit, provider, userId } = this.#sources;
    const grantId = this.#record && grantOf(this.#record).id;
    if (grantId === undefined || grantId === this.#rejectedGrantId) return;
    this.#rejectedGrantId = grantId;
    audit({
      type: 'tokens-rejected',
      provider,
      userId,
      grantId,
      accountId: this.#record?.account?.id,
      error,
    });
  }

  /** Whether the token was rejected within {@link REJECTION_MS}, as far as a store that may be down tells. */
  async #isHeldBack(): Promise<boolean> {
    const { store, userId, provider } = this.#sources;
    return await isPaused(store, rejectionKey(userId, provider)).catch(() => true);
  }

  /** Forgets a rejection: the service may have been in trouble, or a policy may have changed. */
  async #askAgain(token: string): Promise<void> {
    const { store, key } = this.#sources;
    await updateJson<ConnectionRecord>(store, key, (record) => {
      if (record?.token !== token) return undefined;
      const { isRejected: _, rejectedAt: __, ...good } = record;
      return good;
    });
    await this.#readRecord();
  }

  /** Records that the service rejected the token, unless it was replaced in the meantime. */
  async #markRejected(token: string): Promise<void> {
    const { store, key, userId, provider } = this.#sources;
    this.invalidate();
    await beginPause(store, rejectionKey(userId, provider), REJECTION_MS);
    await updateJson<ConnectionRecord>(store, key, (record) =>
      record?.token === token ? { ...record, isRejected: true, rejectedAt: Date.now() } : undefined,
    );
  }
}

/** Exists while a rejected token is held back. */
export function rejectionKey(userId: string, provider: ProviderId): string {
  return keys.pause(userId, `rejected-${provider}`);
}
