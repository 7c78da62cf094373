import type { OAuthClient } from '../oauth/oauth-client.ts';
import type { Hooks } from '../requests/hooks.ts';
import type { RecordStore } from '../stores/record-store.ts';

/** Whose tokens are refreshed, where they lie, and how long all of it may take. */
export interface RefreshContext {
  client: OAuthClient;
  store: RecordStore;
  key: string;
  leaseTtlMs: number;
  timeoutMs: number;
  ambiguousRefresh: 'retry' | 'defer';
  hooks: Hooks | undefined;
}
