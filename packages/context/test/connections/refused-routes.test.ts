import { PermissionError, ReauthorizationRequiredError, type User } from '@context-sdk/context';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';

const HOUR = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

interface Started {
  user: User;
  /** Whether Azure DevOps refuses a request, without a word why. */
  refuses: (path: string) => boolean;
  read(): Promise<unknown>;
  state(): Promise<string>;
  maintain(): Promise<unknown>;
}

async function start(): Promise<Started> {
  const sandbox = createSandbox({ seed: 'empty' });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { hostname, pathname } = new URL(new Request(input, init).url);
    const isRefused = hostname === 'dev.azure.com' && started.refuses(pathname.toLowerCase());
    return isRefused ? new Response('', { status: 401 }) : await sandbox.fetch(input, init);
  };
  const { context, connectedUser } = startContext({ emulated: sandbox, fetch, onEvent: () => undefined });
  const started: Started = {
    user: context.user('ada'),
    refuses: () => false,
    read: async () => await (await started.user.azureDevOps()).projects.list().toArray(),
    state: async () => (await started.user.connections.get('azure-devops')).state,
    maintain: async () => await context.runMaintenance(),
  };
  started.user = await connectedUser();
  return started;
}

const isElsewhere = (path: string): boolean => !path.endsWith('/connectiondata');

test('16.17: one 401 on one route does not end a connection with a personal access token', async () => {
  const started = await start();
  started.refuses = isElsewhere;
  await expect(started.read()).rejects.toThrow(PermissionError);
  await started.maintain();
  expect(await started.state()).toBe('connected');
  started.refuses = () => false;
  await expect(started.read()).resolves.not.toHaveLength(0);
});

interface Case {
  provider: 'ticktick' | 'google';
  host: string;
  /** What the service refuses the token for. */
  route: string;
  connect(user: User, sandbox: Sandbox): Promise<unknown>;
  refused(user: User): Promise<unknown>;
  other(user: User): Promise<unknown>;
}

const TICKTICK: Omit<Case, 'connect'> = {
  provider: 'ticktick',
  host: 'api.ticktick.com',
  route: '/open/v1/tag',
  refused: async (user) => await user.ticktick.tags.list(),
  other: async (user) => await user.ticktick.projects.list(),
};

const CASES: Record<string, Case> = {
  'an API token of TickTick': {
    ...TICKTICK,
    connect: async ({ connections }, sandbox) =>
      await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() }),
  },
  'a grant of TickTick': {
    ...TICKTICK,
    connect: async ({ connections }, sandbox) =>
      await connections.import('ticktick', {
        accessToken: sandbox.ticktick.issueApiToken(),
        obtainedAt: Date.now(),
        scopes: ['tasks:read', 'tasks:write'],
      }),
  },
  'a grant of Google': {
    provider: 'google',
    host: 'www.googleapis.com',
    route: '/calendar/v3/users/me/settings',
    connect: async ({ connections }, sandbox) => await connections.import('google', googleTokens(sandbox)),
    refused: async (user) => await user.calendar.settings.list().toArray(),
    other: async (user) => await user.calendar.calendars.list().toArray(),
  },
};

describe.each(Object.entries(CASES))('16.17: %s', (_, { provider, host, route, ...calls }) => {
  async function begin(): Promise<{ user: User; refuse(isRefused: (path: string) => boolean): void }> {
    const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
    let refuses = (_path: string): boolean => false;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const { hostname, pathname } = new URL(new Request(input, init).url);
      const isRefused = hostname === host && refuses(pathname);
      return isRefused ? new Response('', { status: 401 }) : await sandbox.fetch(input, init);
    };
    const { context } = startContext({ emulated: sandbox, fetch });
    const user = context.user('ada');
    await calls.connect(user, sandbox);
    return { user, refuse: (isRefused) => (refuses = isRefused) };
  }
  const state = async ({ connections }: User): Promise<string> => (await connections.get(provider)).state;

  test('401 on one route is an error of that call', async () => {
    const { user, refuse } = await begin();
    refuse((path) => path === route);
    for (let call = 0; call < 3; call += 1)
      await expect(calls.refused(user)).rejects.toMatchObject({ code: 'permission_denied', status: 401 });
    expect(await state(user)).toBe('connected');
    await calls.other(user);
    refuse(() => false);
    await calls.refused(user);
  });

  test('401 on all routes ends it, and it is asked about again after a while', async () => {
    const { user, refuse } = await begin();
    refuse(() => true);
    await expect(calls.refused(user)).rejects.toThrow(ReauthorizationRequiredError);
    await expect(calls.other(user)).rejects.toThrow(ReauthorizationRequiredError);
    refuse(() => false);
    vi.advanceTimersByTime(HOUR);
    await calls.other(user);
    expect(await state(user)).toBe('connected');
  });
});

test('16.17: a rejected token is asked about again after a while, and is good again if it is', async () => {
  const started = await start();
  started.refuses = () => true;
  await expect(started.read()).rejects.toThrow(ReauthorizationRequiredError);
  started.refuses = () => false;
  await expect(started.read()).rejects.toThrow(ReauthorizationRequiredError);
  expect(await started.state()).toBe('needs-reauthorization');
  vi.advanceTimersByTime(HOUR);
  await expect(started.read()).resolves.not.toHaveLength(0);
  expect(await started.state()).toBe('connected');
});

test('16.17: a token that is still rejected is not asked about for another while', async () => {
  const started = await start();
  let asked = 0;
  started.refuses = () => Boolean((asked += 1));
  await expect(started.read()).rejects.toThrow(ReauthorizationRequiredError);
  vi.advanceTimersByTime(HOUR);
  await expect(started.read()).rejects.toThrow(ReauthorizationRequiredError);
  const before = asked;
  await expect(started.read()).rejects.toThrow(ReauthorizationRequiredError);
  expect(asked).toBe(before);
});
