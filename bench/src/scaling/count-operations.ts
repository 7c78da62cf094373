import { createContext } from '@context-sdk/context';
import { memoryRateLimiter, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';

/** Reads and writes of the store that one thing takes, as the SDK really does them. */
export interface Operations {
  refresh: number;
  idlePass: number;
  poll: number;
  tickTickPoll: number;
  delivery: number;
  signIn: number;
}

/** A store, with its schedule, whose calls are counted. */
function counting(target: RecordStore): { store: RecordStore; take(): number } {
  let count = 0;
  const counted = <T extends object>(of: T): T =>
    new Proxy(of, {
      get(_, name) {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          const result: unknown = Reflect.apply(value, of, args);
          if (name === 'schedule') return counted(result as object);
          count += 1;
          return result;
        };
      },
    });
  const take = (): number => {
    const taken = count;
    count = 0;
    return taken;
  };
  return { store: counted(target), take };
}

/** Lets one user of the sandbox go through each, and counts. */
export async function countOperations(): Promise<Operations> {
  const { store, take } = counting(memoryStore());
  const sandbox = createSandbox({ seed: 'empty' });
  const { clientId, clientSecret } = sandbox.google.app;
  const context = createContext({
    store,
    rateLimiter: memoryRateLimiter(),
    baseUrl: 'http://localhost:8000',
    providers: { google: { clientId, clientSecret } },
    fetch: (input, init) => sandbox.fetch(input, init),
    onEvent: () => undefined,
  });
  const user = context.user('user-1');
  const handler = context.createHandler({ getUserId: () => 'user-1' });
  const begun = await handler(new Request('http://localhost:8000/auth/google/authorize'));
  const consent = await sandbox.fetch(begun.headers.get('location') ?? '');
  const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  await handler(new Request(consent.headers.get('location') ?? '', { headers: { cookie } }));
  const signIn = take();
  await context.runMaintenance({ pollEveryMs: 1 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  take();
  await context.runMaintenance({ pollEveryMs: 1 });
  const poll = take();
  // The first pass with another interval plans by it.
  await context.runMaintenance();
  take();
  await context.runMaintenance();
  const idlePass = take();
  sandbox.google.expireAccessTokens();
  await user.calendar.calendars.get();
  const refresh = take();
  const [tickTickPoll, delivery] = [await countTickTickPoll(), await countDelivery()];
  return { refresh, idlePass, poll, tickTickPoll, delivery, signIn };
}

async function countTickTickPoll(): Promise<number> {
  const { store, take } = counting(memoryStore());
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const context = createContext({
    store,
    rateLimiter: memoryRateLimiter(),
    baseUrl: 'http://localhost:8000',
    providers: { ticktick: {} },
    fetch: (input, init) => sandbox.fetch(input, init),
    onEvent: () => undefined,
  });
  await context.user('user-1').connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  for (let pass = 0; pass < 3; pass += 1) {
    take();
    await context.runMaintenance({ pollEveryMs: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return take();
}

/** A push of Calendar: whose it is, its key, and that it is done. */
async function countDelivery(): Promise<number> {
  const { store, take } = counting(memoryStore());
  const sandbox = createSandbox({
    seed: 'empty',
    google: { deliver: (url, init) => handler(new Request(url, init)) },
  });
  const { clientId, clientSecret } = sandbox.google.app;
  const context = createContext({
    store,
    baseUrl: 'https://host.example',
    providers: { google: { clientId, clientSecret } },
    fetch: (input, init) => sandbox.fetch(input, init),
    onEvent: () => undefined,
  });
  const handler = context.createHandler({ getUserId: () => undefined });
  const obtainedAt = Date.now();
  const scopes = ['https://www.googleapis.com/auth/calendar'];
  const tokens = {
    ...sandbox.google.issueToken({ scopes }),
    obtainedAt,
    expiresAt: obtainedAt + 3_599_000,
    scopes,
  };
  await context.user('user-1').connections.import('google', tokens, { account: {} });
  await context.subscriptions.ensure('user-1');
  await sandbox.google.push.settled();
  take();
  const times = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
  sandbox.google.testUser().calendar.addEvent({ summary: 'x', ...times });
  await sandbox.google.push.settled();
  return take();
}
