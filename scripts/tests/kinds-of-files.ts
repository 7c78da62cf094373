/** Tests of processes that meet within seconds: after all others. */
export const HEAVY: string[] = [
  'packages/oauth-core/test/tokens/{chaos,dangers,stress}.test.ts',
  'packages/oauth-core/test/limiters/processes.test.ts',
];

/** Tests that start processes or a browser, and wait for what they do, not for a time: among all others. */
export const WAITING: string[] = [
  'packages/oauth-core/test/stores/{processes,postgres-pooler,postgres-failover,redis-failover}.test.ts',
  'packages/mcp/test/{own-accounts,sandbox}.test.ts',
  'packages/context/test/modules/on-demand.test.ts',
  'packages/ado-client/test/processes/*.test.ts',
  'packages/context/test/grants/two-accounts-processes.test.ts',
  'examples/{express-server,worker}/**/*.test.ts',
];

/** Servers of other people's libraries replace globals. */
export const REPLACES_GLOBALS: string[] = ['examples/{servers,express-guide}/**/*.test.ts'];
