import type { Hooks } from '../hooks/hooks.ts';
import type { OAuthClient } from '../oauth/oauth-client.ts';
import type { RecordStore } from '../stores/record-store.ts';

/** How long new tokens may take to store, in milliseconds. */
export const SAVE_BUDGET_MS: number = 5_000;

/** What a refresh needs to know: which connection, where its record lies, and how long everything may take. */
export interface RefreshContext {
  client: OAuthClient;
  store: RecordStore;
  key: string;
  leaseTtlMs: number;
  timeoutMs: number;
  ambiguousRefresh: 'retry' | 'defer';
  hooks: Hooks | undefined;
}
