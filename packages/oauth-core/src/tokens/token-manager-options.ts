import { ConfigurationError } from '../errors/index.ts';
import { HOOKS, type Hooks } from '../hooks/hooks.ts';
import type { OAuthClient } from '../oauth/oauth-client.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';
import type { RecordStore } from '../stores/record-store.ts';
import { soundStore } from '../stores/sound-store.ts';
import type { RevocationOutbox } from './outbox/revocation-outbox.ts';
import { type RefreshContext, SAVE_BUDGET_MS } from './refresh-context.ts';
import { sharedConnection } from './shared-connection.ts';

/** One connection: where its tokens come from, and where they are kept. */
export interface TokenManagerOptions {
  client: OAuthClient;
  store: RecordStore;
  /** The record of this connection, for example `user-1/ticktick/default`. */
  key: string;
  /** The account that rate limits count for. Default: the key. */
  account?: string | undefined;
  /** Milliseconds for one token request. Default: 10,000. */
  refreshTimeoutMs?: number | undefined;
  /** Milliseconds after which another process may take a refresh over. Default: 30,000. */
  leaseTtlMs?: number | undefined;
  /**
   * What to do when a refresh may have used up the refresh token and no new one came: send it once more (`retry`, the
   * default), or keep the access token to its end and try later (`defer`).
   */
  ambiguousRefresh?: 'retry' | 'defer' | undefined;
  hooks?: Hooks | undefined;
  /**
   * Where grants go that end: `revoke()` then succeeds even if the provider can't be reached, and the grant of another
   * account that `save()` replaces is revoked, too. Default: none.
   */
  revocations?: RevocationOutbox | undefined;
}

export const MANAGER_OPTIONS: OptionTypes<TokenManagerOptions> = {
  client: 'object',
  store: 'object',
  key: 'string',
  account: 'string',
  refreshTimeoutMs: 'number',
  leaseTtlMs: 'number',
  ambiguousRefresh: 'string',
  hooks: HOOKS,
  revocations: 'object',
};

/** What a connection works with. Throws {@link ConfigurationError} where the lease could end before a token request and its storing do. */
export function refreshContextOf(options: TokenManagerOptions): RefreshContext {
  checkObject(options, 'options');
  checkOptions(options, MANAGER_OPTIONS);
  checkObject(options.client, 'client');
  checkObject(options.store, 'store');
  const { client, key, refreshTimeoutMs: timeoutMs = 10_000, leaseTtlMs = 30_000 } = options;
  if (!key)
    throw new ConfigurationError(
      'key is missing: it names the connection’s record, such as user-1/ticktick/default.',
    );
  if (!(timeoutMs > 0)) throw new ConfigurationError('refreshTimeoutMs must be positive.');
  if (!(leaseTtlMs >= timeoutMs + SAVE_BUDGET_MS)) {
    throw new ConfigurationError(
      `leaseTtlMs must be at least refreshTimeoutMs + ${SAVE_BUDGET_MS}: another process must not refresh while this one still may.`,
    );
  }
  const { ambiguousRefresh = 'retry', hooks, revocations } = options;
  const store = soundStore(options.store);
  const shared = sharedConnection(store, key);
  return { client, store, key, shared, leaseTtlMs, timeoutMs, ambiguousRefresh, hooks, revocations };
}
