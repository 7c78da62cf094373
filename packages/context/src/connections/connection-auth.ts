import { personalAccessToken } from '@context-sdk/ado-client';
import {
  type AccessTokenOptions,
  type AccessTokenSource,
  withSoftTimeout,
  ReauthorizationRequiredError,
  type RecordStore,
  staticToken,
  type TokenManager,
} from '@context-sdk/oauth-core';
import type { ProviderId } from '../options/provider-id.ts';
import { readJson, updateJson } from '../records/json-record.ts';
import type { ConnectionRecord } from './connection-record.ts';

/** How long a connection that was read is trusted before the store is asked what other processes made of it. */
const TRUST_MS = 30_000;
/** How long what is known is used without asking a store that is away. */
const AWAY_MS = 5_000;

/** Where the credentials of one user at one provider may come from. */
export interface CredentialSources {
  provider: ProviderId;
  store: RecordStore;
  /** The key of the connection's record. */
  key: string;
  /** Absent where the host has no app at the provider. */
  tokens: TokenManager | undefined;
  /** The host's own token, for users who have not connected. */
  shared: string | undefined;
}

interface Credentials {
  source: AccessTokenSource;
  /** Of a token that nothing refreshes. */
  token?: string;
}

/** A user's credentials, whichever way they connected: OAuth tokens, a token of their own, or the host's. */
export class ConnectionAuth implements AccessTokenSource {
  readonly #sources: CredentialSources;
  #record: ConnectionRecord | undefined;
  #credentials: Credentials | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(sources: CredentialSources) {
    this.#sources = sources;
  }

  /** Whose limits these are: everybody's together who acts as the owner of the host's token. */
  get account(): string {
    const { provider, key } = this.#sources;
    return this.isShared ? `shared/${provider}` : key;
  }

  /** Whether the user has no connection and acts as the owner of the host's token, as far as was read. */
  get isShared(): boolean {
    return this.#record === undefined && this.#sources.shared !== undefined;
  }

  /** Of the credentials that were last used: a client asks when it sends them. */
  get scheme(): 'Bearer' | 'Basic' {
    return this.#credentials?.source.scheme ?? 'Bearer';
  }

  current(): string | undefined {
    return this.#credentials?.source.current?.();
  }

  async lacks(anyOf: readonly string[]): Promise<boolean> {
    return (await this.#credentials?.source.lacks?.(anyOf)) ?? false;
  }

  async getAccessToken(options: AccessTokenOptions = {}): Promise<string> {
    if (options.rejected !== undefined) this.forget();
    const { source, token } = await this.#load();
    try {
      return await source.getAccessToken(options);
    } catch (error) {
      if (token !== undefined && error instanceof ReauthorizationRequiredError) await this.#reject(token);
      throw error;
    }
  }

  /** The connection, as it was read last; `undefined` where the user has none of their own. */
  async record(): Promise<ConnectionRecord | undefined> {
    await this.#read();
    return this.#record;
  }

  /** Has the store asked at the next use. */
  forget(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  async #load(): Promise<Credentials> {
    await this.#read();
    const { provider, tokens, shared } = this.#sources;
    const record = this.#record;
    const token = record === undefined ? shared : record.token;
    const isOfProvider = record?.kind === 'oauth' && tokens !== undefined;
    if (isOfProvider) return (this.#credentials = { source: tokens });
    if (token === undefined) throw new ReauthorizationRequiredError('never-connected', { service: provider });
    if (record?.isRejected) throw new ReauthorizationRequiredError('rejected', { service: provider });
    if (this.#credentials?.token === token) return this.#credentials;
    const source = provider === 'azure-devops' ? personalAccessToken(token) : staticToken(token);
    return (this.#credentials = { source, token });
  }

  async #read(): Promise<void> {
    if (performance.now() - this.#readAt < TRUST_MS) return;
    const read = this.#readAgain();
    // What is known goes on while the store is away; that a token was refused has to be asked.
    if (this.#credentials === undefined || this.#isForgotten()) return await read;
    const isAway = (await withSoftTimeout(read)) === undefined;
    if (isAway && !this.#isForgotten()) this.#readAt = performance.now() - TRUST_MS + AWAY_MS;
  }

  async #readAgain(): Promise<void> {
    const { store, key } = this.#sources;
    this.#record = (await readJson<ConnectionRecord>(store, key))?.value;
    this.#readAt = performance.now();
    // A request that waits in a queue goes out with nothing that has ended meanwhile.
    if (this.#record?.token !== this.#credentials?.token) this.#credentials = undefined;
  }

  #isForgotten(): boolean {
    return this.#readAt === Number.NEGATIVE_INFINITY;
  }

  /** Remembers that the service refuses the token, unless another has taken its place. */
  async #reject(token: string): Promise<void> {
    const { store, key } = this.#sources;
    this.forget();
    await updateJson<ConnectionRecord>(store, key, (record) =>
      record?.token === token ? { ...record, isRejected: true } : undefined,
    );
  }
}
