/** What a new user does first. */
export interface Step {
  title: string;
  /** Packages of ours that are installed by name, and those of others. */
  ours: readonly string[];
  others?: readonly string[];
  file: string;
  run: readonly string[];
  /** What is installed for the same of others, and what is then still to be written. */
  peer: { packages: readonly string[]; left: string };
}

export const STEPS: readonly Step[] = [
  {
    title: 'list my tasks, all of them',
    ours: ['ticktick-client', 'sandbox'],
    file: 'list-tasks.ts',
    run: ['node', 'list-tasks.ts'],
    peer: {
      packages: ['ticktick-node-api-oauth2@0.1.15'],
      left: 'lists that are cut off at 200, limits, a stand-in for the service',
    },
  },
  {
    title: 'Calendar for 100 users, refreshed once each by two machines',
    ours: ['context', 'sandbox'],
    file: 'calendar-100-users.ts',
    run: ['node', 'calendar-100-users.ts'],
    peer: {
      packages: ['@googleapis/calendar@20.0.1'],
      left: 'a store, a lock for refreshes, rotation, limits, a stand-in for the service',
    },
  },
  {
    title: 'verify a webhook',
    ours: ['context', 'sandbox'],
    file: 'verify-webhook.ts',
    run: ['node', 'verify-webhook.ts'],
    peer: {
      packages: ['azure-devops-node-api@17.0.1'],
      left: 'the subscription, its secret, the comparison, repeated deliveries, a stand-in for the service',
    },
  },
  {
    title: 'an own store, with proof that it keeps every promise',
    ours: ['oauth-core'],
    file: 'own-store.test.ts',
    run: ['node', '--test', 'own-store.test.ts'],
    peer: { packages: ['openid-client@6.8.9'], left: 'the port, the store, and its tests' },
  },
  {
    title: 'test in vitest',
    ours: ['ticktick-client', 'sandbox'],
    others: ['vitest@5.1.1'],
    file: 'sandbox.test.ts',
    run: ['node', 'node_modules/vitest/vitest.mjs', 'run'],
    peer: {
      packages: ['msw@3.0.5', 'vitest@5.1.1'],
      left: 'a handler for each route, with the services’ odd answers',
    },
  },
  {
    title: 'an assistant over MCP',
    ours: ['mcp'],
    file: 'assistant.ts',
    run: ['node', 'assistant.ts'],
    peer: {
      packages: ['@cocal/google-calendar-mcp@2.6.3'],
      left: 'tasks, mail and work items: three more servers; accounts, as there is no stand-in',
    },
  },
];
