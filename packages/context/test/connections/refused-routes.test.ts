import { PermissionError, ReauthorizationRequiredError, type User } from '@context-sdk/context';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

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
