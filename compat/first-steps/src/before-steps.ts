/** The steps of steps.ts, as they could be taken before. */
export type BeforeStep = { title: string } & (
  | {
      ours: readonly string[];
      others?: readonly string[];
      file: string;
      run: readonly string[];
      left: string;
    }
  | { missing: string }
);

export const BEFORE: readonly BeforeStep[] = [
  {
    title: 'list my tasks, all of them',
    ours: ['ticktick-client', 'sandbox'],
    file: 'list-tasks.ts',
    run: ['node', 'list-tasks.ts'],
    left: '',
  },
  {
    title: 'Calendar for 100 users, refreshed once each by two machines',
    ours: ['context', 'oauth-core', 'sandbox'],
    file: 'calendar-100-users.ts',
    run: ['node', 'calendar-100-users.ts'],
    left: '`oauth-core` by its name, for the store',
  },
  {
    title: 'verify a webhook',
    ours: ['context', 'oauth-core', 'sandbox'],
    file: 'verify-webhook.ts',
    run: ['node', 'verify-webhook.ts'],
    left: '`oauth-core` by its name, for the store',
  },
  {
    title: 'an own store, with proof that it keeps every promise',
    missing: 'the proof: the suite was in the repository’s own tests',
  },
  {
    title: 'test in vitest',
    ours: ['ticktick-client', 'sandbox'],
    others: ['vitest@5.1.1'],
    file: 'sandbox.test.ts',
    run: ['node', 'node_modules/vitest/vitest.mjs', 'run'],
    left: 'beginning anew for each test, and `fetch` for each client',
  },
  { title: 'an assistant over MCP', missing: 'all of it: there were no tools' },
];
