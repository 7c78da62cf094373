/** What is installed for a step of others. */
export interface Peer {
  packages: readonly string[];
  /** It has no option for the services' address. */
  isRedirected?: true;
  /** What ours does in this step, and the peer's program doesn't. */
  left: string;
}

/** What a new user does first. */
export interface Step {
  title: string;
  /** Packages of ours that are installed by name, and those of others. */
  ours: readonly string[];
  others?: readonly string[];
  file: string;
  run: readonly string[];
  /** The same with what others offer, in a program of the same name in `beside`. */
  peer: Peer;
}

export const STEPS: readonly Step[] = [
  {
    title: 'list my tasks, all of them',
    ours: ['ticktick-client', 'sandbox'],
    file: 'list-tasks.ts',
    run: ['node', 'list-tasks.ts'],
    peer: {
      packages: ['ticktick-node-api-oauth2@0.1.15'],
      isRedirected: true,
      left: 'retries of failures, responses that are no list, tasks that move meanwhile',
    },
  },
  {
    title: 'Calendar for 100 users, refreshed once each by two machines',
    ours: ['context', 'sandbox'],
    file: 'calendar-100-users.ts',
    run: ['node', 'calendar-100-users.ts'],
    peer: {
      packages: ['@googleapis/calendar@20.0.1'],
      left: 'consents that were revoked, tokens that Google refuses early, limits',
    },
  },
  {
    title: 'verify a webhook',
    ours: ['context', 'sandbox'],
    file: 'verify-webhook.ts',
    run: ['node', 'verify-webhook.ts'],
    peer: {
      packages: ['azure-devops-node-api@17.0.1'],
      left: 'more than one user, subscriptions that were disabled, types of events',
    },
  },
  {
    title: 'an own store, with proof that it keeps every promise',
    ours: ['oauth-core'],
    file: 'own-store.test.ts',
    run: ['node', '--test', 'own-store.test.ts'],
    peer: {
      packages: ['openid-client@6.8.9'],
      left: 'tests that the next store can use',
    },
  },
  {
    title: 'test in vitest',
    ours: ['ticktick-client', 'sandbox'],
    others: ['vitest@5.1.1'],
    file: 'sandbox.test.ts',
    run: ['node', 'node_modules/vitest/vitest.mjs', 'run'],
    peer: {
      packages: ['msw@3.0.5', 'vitest@5.1.1'],
      left: 'other routes, and odd responses: a handler knows what its author knows',
    },
  },
  {
    title: 'an assistant over MCP',
    ours: ['mcp'],
    file: 'assistant.ts',
    run: ['node', 'assistant.ts'],
    peer: {
      packages: ['@cocal/google-calendar-mcp@2.6.3'],
      isRedirected: true,
      left: 'tasks, mail and work items: it creates an event; the keys and the sign-in were given to it',
    },
  },
];
