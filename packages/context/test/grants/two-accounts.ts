import { type Context, type ContextEvent, createContext } from '@context-sdk/context';
import { ContextSdkError, memoryRateLimiter, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox, type Deliver, type Sandbox } from '@context-sdk/sandbox';
import { IMPATIENT } from '@context-sdk/test-support';
import { expect, vi } from 'vitest';
import { isAlive } from '../support/is-alive.ts';
import { BASE_URL, googleTokens, providersOf } from '../support/start-context.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const WAIT = { timeout: 20_000 };
export const ACCOUNTS: readonly [string, string] = ['ada@example.com', 'grace@example.com'];
/** Each account's own organization in Azure DevOps. */
export const ORGANIZATIONS: Readonly<Record<string, string>> = {
  'ada@example.com': 'ada-org',
  'grace@example.com': 'grace-org',
};
export const IDS: Readonly<Record<string, string>> = {
  'ada@example.com': '1082',
  'grace@example.com': '1133',
};
/** What the text of an event shows of the account that it is from. */
export const MARKS: Readonly<Record<string, string>> = {
  'ada@example.com': 'of-ada',
  'grace@example.com': 'of-grace',
};

/** A generator with a seed, so that a run can be repeated. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Run {
  sandbox: Sandbox;
  contexts: Context[];
  store: RecordStore;
  events: { event: ContextEvent; account: string | undefined }[];
  /** Requests to an organization with a token of another one. */
  misdirected: string[];
  /** Which organization a request's credentials are for. */
  organizationOf: Map<string, string>;
}

/** The services, with both accounts. */
export function sandboxOfTwo(deliver: Deliver): Sandbox {
  return createSandbox({
    seed: 'empty',
    sleep: async () => undefined,
    ticktick: {
      rateLimits: [],
      accounts: ACCOUNTS.map((username, index) => ({
        id: index + 1,
        username,
        displayName: username,
        timeZone: 'UTC',
      })),
    },
    google: { deliver },
    azureDevOps: { seed: 'empty', organizations: Object.values(ORGANIZATIONS), deliver },
  });
}

/** Three new tokens that a service rejects within ten seconds count as a service that takes none (docs/tokens.md). */
const EXPIRED_AT_MOST = { times: 2, withinMs: 10 * SECOND };

/** Has Google reject the access tokens that it has issued, but not more often than it would reject good ones. */
export function expireTokens(sandbox: Sandbox): () => void {
  let expiredAt: number[] = [];
  return () => {
    const now = Date.now();
    expiredAt = expiredAt.filter((at) => now - at < EXPIRED_AT_MOST.withinMs);
    if (expiredAt.length >= EXPIRED_AT_MOST.times) return;
    expiredAt.push(now);
    sandbox.google.expireAccessTokens();
  };
}

/** A task, an event and a work item in an account, which show whose they are. */
export function changeIn(sandbox: Sandbox, email: string): void {
  const title = MARKS[email] ?? '';
  sandbox.ticktick.testUser(email).createTask({ title });
  const times = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
  sandbox.google.testUser(email).calendar.addEvent({ summary: title, ...times });
  const workItems = sandbox.azureDevOps.testUser(ORGANIZATIONS[email]);
  workItems.create({ type: 'Task', fields: { 'System.Title': title } });
}

/** Once nothing is connected, no token works any more and no change is delivered. */
export async function expectNothingLeft(sandbox: Sandbox, refreshTokens: Iterable<string>): Promise<void> {
  for (const token of new Set(refreshTokens)) expect(await isAlive(sandbox, token)).toBe(false);
  const { google, azureDevOps } = sandbox;
  const settled = async (): Promise<unknown> =>
    await Promise.all([google.push.settled(), azureDevOps.hooks.settled()]);
  await settled();
  const before = [google.push.deliveries.length, azureDevOps.hooks.deliveries.length];
  for (const email of ACCOUNTS) changeIn(sandbox, email);
  await settled();
  expect([google.push.deliveries.length, azureDevOps.hooks.deliveries.length]).toEqual(before);
}

/** Two processes on one store, for one user who has two accounts at each service. */
function startRun(store: RecordStore, accountOf: () => string | undefined): Run {
  const events: Run['events'] = [];
  const deliver = async (url: string, init?: RequestInit): Promise<Response> =>
    (await handlers[0]?.(new Request(url, init))) ?? new Response(null, { status: 503 });
  const sandbox = sandboxOfTwo(deliver);
  const misdirected: string[] = [];
  const organizationOf = new Map<string, string>();
  const guarded: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const organization = organizationOf.get(request.headers.get('authorization') ?? '');
    const { hostname, pathname } = new URL(request.url);
    if (hostname === 'dev.azure.com' && !pathname.startsWith(`/${organization}/`)) misdirected.push(pathname);
    return await sandbox.fetch(request);
  };
  const { ticktick, google } = providersOf(sandbox);
  const contexts = ['one', 'other'].map(() =>
    createContext({
      store,
      baseUrl: BASE_URL,
      providers: { ...(ticktick && { ticktick }), ...(google && { google }), azureDevOps: {} },
      rateLimiter: memoryRateLimiter(),
      retry: IMPATIENT,
      fetch: guarded,
      onEvent: (event) => void events.push({ event, account: accountOf() }),
    }),
  );
  const handlers = contexts.map((context) => context.createHandler({ getUserId: () => 'ada' }));
  return { sandbox, contexts, store, events, misdirected, organizationOf };
}

/**
 * A user switches accounts at random, during calls, polls and pushes, in two processes. No event tells a change of an
 * account that is not connected, and nothing is left behind at the end. Returns how many events were told.
 */
export async function runTwoAccounts(
  seed: number,
  steps: number,
  store: RecordStore = memoryStore(),
): Promise<number> {
  const random = randomOf(seed);
  /** The account that is connected, or several while the user switches. */
  let connected = new Set<string>();
  const { sandbox, contexts, events, misdirected, organizationOf } = startRun(store, () =>
    [...connected].join('+'),
  );
  const expire = expireTokens(sandbox);
  const context = (): Context => contexts[random(2)] ?? (contexts[0] as Context);
  const refreshTokens: string[] = [];
  const switchTo = async (email: string): Promise<void> => {
    const { connections } = context().user('ada');
    connected = new Set([...connected, email]);
    const account = { id: IDS[email] ?? '', email };
    await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken(email) });
    const tokens = googleTokens(sandbox, [], email);
    refreshTokens.push(tokens.refreshToken ?? '');
    await connections.import('google', tokens, { account });
    const organization = ORGANIZATIONS[email] ?? '';
    const token = sandbox.azureDevOps.issuePat({ organization });
    organizationOf.set(`Basic ${btoa(`:${token}`)}`, organization);
    const organizationUrl = `https://dev.azure.com/${organization}`;
    await connections.connect('azure-devops', { token, organizationUrl });
    connected = new Set([email]);
  };
  const actions: (() => Promise<unknown>)[] = [
    () => switchTo(ACCOUNTS[random(2)] ?? ACCOUNTS[0]),
    async () => changeIn(sandbox, ACCOUNTS[0]),
    async () => changeIn(sandbox, ACCOUNTS[1]),
    () => context().runMaintenance(),
    () => context().subscriptions.ensure('ada'),
    () => context().user('ada').calendar.calendars.list().toArray(),
    () => context().user('ada').ticktick.projects.list(),
    async () => await (await context().user('ada').azureDevOps()).projects.list().toArray(),
    async () => expire(),
  ];
  await switchTo(ACCOUNTS[0]);
  let switching: Promise<unknown> = Promise.resolve();
  let underWay = 0;
  for (let step = 0; step < steps; step += 1) {
    const index = random(actions.length);
    const action = actions[index];
    const settled = (index === 0 ? switching.then(() => action?.()) : action?.())?.catch((error: unknown) => {
      // Whatever a call meets while the user switches, it is told with a typed error.
      expect(error).toBeInstanceOf(ContextSdkError);
    });
    if (index === 0) {
      underWay += 1;
      switching = (settled ?? switching).finally(() => (underWay -= 1));
    }
    // Some actions overlap the next ones.
    if (random(3) > 0) await settled;
    // A change of accounts that takes five minutes counts as one that crashed.
    vi.setSystemTime(Date.now() + random(3) * (underWay > 0 ? SECOND : MINUTE));
  }
  await switching;
  await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
  expect([seed, misdirected]).toEqual([seed, []]);
  for (const { event, account = '' } of events) {
    const text = JSON.stringify(event);
    for (const [email, mark] of Object.entries(MARKS)) {
      if (text.includes(mark))
        expect([seed, event.type, account]).toEqual([seed, event.type, expect.stringContaining(email)]);
    }
  }
  const { connections } = context().user('ada');
  await connections.disconnect('ticktick');
  await connections.disconnect('google');
  await connections.disconnect('azure-devops');
  // Grants that were replaced are revoked in the background.
  await vi.waitFor(async () => expect([seed, await store.list('')]).toEqual([seed, []]), WAIT);
  await expectNothingLeft(sandbox, refreshTokens);
  return events.length;
}
