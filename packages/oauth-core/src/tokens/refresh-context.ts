import type { Hooks } from '../hooks/hooks.ts';
import type { OAuthClient } from '../oauth/oauth-client.ts';
import type { RecordStore } from '../stores/record-store.ts';
import type { RevocationOutbox } from './outbox/revocation-outbox.ts';
import type { SharedConnection } from './shared-connection.ts';

/** How long callers wait for new tokens to be stored, in milliseconds. */
export const SAVE_BUDGET_MS: number = 5_000;

/** What a refresh needs to know: which connection, where its record lies, and how long everything may take. */
export interface RefreshContext {
  client: OAuthClient;
  store: RecordStore;
  key: string;
  shared: SharedConnection;
  leaseTtlMs: number;
  timeoutMs: number;
  ambiguousRefresh: 'retry' | 'defer';
  hooks: Hooks | undefined;
  /** Where grants go that have to be revoked. */
  revocations: RevocationOutbox | undefined;
}
