import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createContext, toNodeListener } from '@context-sdk/context';
import { memoryRateLimiter, memoryStore, type RateLimiter, type TokenSet } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { IMPATIENT } from '@context-sdk/test-support';
import { collectedHeap } from '@context-sdk/test-support/heap';

/** What came of a run. */
export interface LoadReport {
  requests: number;
  /** Responses that showed a user another user's data. */
  strangers: string[];
  /** Errors other than those that the faults explain. */
  surprises: string[];
  /** Events that never reached their user, and events that nobody made. */
  lostEvents: number;
  strayEvents: number;
  /** After a collection, in bytes, at each of the given numbers of requests. */
  heaps: number[];
}

const EXPECTED = new Set(['network', 'service_unavailable', 'timeout', 'unexpected_response']);

function named(index: number): string {
  return `user-${index}@example.com`;
}

function emulated(users: number, deliver: (url: string, init?: RequestInit) => Promise<Response>): Sandbox {
  const indexes = Array.from({ length: users }, (_, index) => index);
  return createSandbox({
    seed: 'empty',
    sleep: async () => undefined,
    ticktick: {
      rateLimits: [],
      accounts: indexes.map((id) => ({ id, username: named(id), displayName: named(id), timeZone: 'UTC' })),
    },
    google: {
      quotas: { calendar: [], gmail: [] },
      accounts: indexes.map((index) => ({ sub: String(index), email: named(index), name: named(index) })),
      deliver,
    },
    azureDevOps: {
      organizations: indexes.map((index) => `org-${index}`),
      seed: 'empty',
      rateLimit: false,
      deliver,
    },
    faults: [
      { fault: { kind: 'status', status: 503 }, scope: { rate: 0.005 } },
      { fault: { kind: 'reset', when: 'before' }, scope: { rate: 0.005 } },
    ],
  });
}

/** Users × three services through one handler on loopback, with 1 % of the services' answers going wrong. */
export async function runLoad({
  users,
  marks,
  rateLimiter = memoryRateLimiter(),
}: {
  users: number;
  marks: readonly number[];
  rateLimiter?: RateLimiter;
}): Promise<LoadReport> {
  const report: LoadReport = {
    requests: 0,
    strangers: [],
    surprises: [],
    lostEvents: 0,
    strayEvents: 0,
    heaps: [],
  };
  const changes = new Map<string, number>();
  const told = new Map<string, number>();
  let origin = '';
  const deliver = (url: string, init?: RequestInit): Promise<Response> =>
    fetch(url.replace('https://host.example', origin), init);
  const sandbox = emulated(users, deliver);
  const context = createContext({
    store: memoryStore(),
    baseUrl: 'https://host.example',
    rateLimiter,
    retry: IMPATIENT,
    providers: {
      ticktick: {},
      google: { clientId: sandbox.google.app.clientId, clientSecret: sandbox.google.app.clientSecret },
      azureDevOps: {},
    },
    fetch: (input, init) => sandbox.fetch(input, init),
    onEvent: ({ source, type, userId = '' }) => {
      if (source === 'google-calendar' && type === 'changed') count(told, userId);
    },
  });
  const listener = toNodeListener(context.createHandler({ getUserId: () => undefined }));
  const server = createServer((request, response) => {
    listener(request, response, () => {
      const userId = String(request.headers['x-user']);
      void answer(userId).then((body) => response.end(JSON.stringify(body)));
    });
  });
  const answer = async (userId: string): Promise<unknown> => {
    const user = context.user(userId);
    const range = { from: '2027-03-01T00:00:00Z', to: '2027-03-02T00:00:00Z', timeZone: 'UTC' };
    const { items, undated, errors } = await user.agenda(range);
    const titles = [
      ...items.map(({ title }) => title),
      ...undated.map(({ fields }) => fields['System.Title']),
    ];
    return { titles, errors: Object.values(errors).map(({ code }) => code) };
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    for (let index = 0; index < users; index += 1) await connect(index);
    while (report.requests < (marks.at(-1) ?? 0)) {
      await round();
      // What the sandbox remembers of requests is not the SDK's.
      sandbox.clearRequests();
      if (marks.includes(report.requests)) report.heaps.push(await collectedHeap());
    }
    await sandbox.google.push.settled();
    for (let index = 0; index < users; index += 1) {
      const missing = (changes.get(named(index)) ?? 0) - (told.get(named(index)) ?? 0);
      if (missing > 0) report.lostEvents += missing;
      else report.strayEvents -= missing;
    }
    return report;
  } finally {
    server.close();
    server.closeAllConnections();
  }

  async function connect(index: number): Promise<void> {
    const userId = named(index);
    const { connections } = context.user(userId);
    const again = async (work: () => Promise<unknown>): Promise<void> => {
      for (let tries = 0; ; tries += 1) {
        try {
          return void (await work());
        } catch (error) {
          if (tries === 5) throw error;
        }
      }
    };
    const organizationUrl = `https://dev.azure.com/org-${index}`;
    const token = sandbox.azureDevOps.issuePat({ organization: `org-${index}` });
    await again(() => connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken(userId) }));
    await again(() => connections.import('google', googleTokens(userId), { account: { email: userId } }));
    await again(() => connections.connect('azure-devops', { organizationUrl, token }));
    await again(async () => {
      const followed = await context.subscriptions.ensure(userId);
      if (
        followed.some(({ service, mode }) => service !== 'ticktick' && service !== 'gmail' && mode !== 'push')
      )
        throw new Error('not subscribed');
    });
    const start = { dateTime: '2027-03-01T09:00:00Z' };
    const end = { dateTime: '2027-03-01T10:00:00Z' };
    sandbox.ticktick
      .testUser(userId)
      .createTask({ title: `task of ${userId}`, dueDate: '2027-03-01T08:00:00.000+0000' });
    count(changes, userId);
    sandbox.google.testUser(userId).calendar.addEvent({ summary: `event of ${userId}`, start, end });
  }

  function googleTokens(account: string): TokenSet {
    const obtainedAt = Date.now();
    const scopes = [
      'https://www.googleapis.com/auth/calendar',
      'https://www.googleapis.com/auth/gmail.compose',
    ];
    return {
      ...sandbox.google.issueToken({ account, scopes }),
      obtainedAt,
      expiresAt: obtainedAt + 3_599_000,
      scopes,
    };
  }

  /** A request of every user, twenty at a time; one of ten users' calendars changes meanwhile. */
  async function round(): Promise<void> {
    for (let first = 0; first < users; first += 20) {
      const batch = Array.from({ length: Math.min(20, users - first) }, (_, index) => named(first + index));
      for (const userId of batch.filter((_, index) => index % 10 === 0)) touch(userId);
      await Promise.all(batch.map(ask));
    }
  }

  function touch(userId: string): void {
    const calendar = sandbox.google.testUser(userId).calendar;
    const [event] = calendar.events();
    calendar.updateEvent(event?.id ?? '', { description: String(report.requests) });
    count(changes, userId);
  }

  async function ask(userId: string): Promise<void> {
    const response = await fetch(`${origin}/agenda`, { headers: { 'x-user': userId } });
    const { titles, errors } = (await response.json()) as { titles: string[]; errors: string[] };
    report.requests += 1;
    report.strangers.push(...titles.filter((title) => !title.endsWith(` of ${userId}`)));
    report.surprises.push(...errors.filter((code) => !EXPECTED.has(code)));
    if (errors.length === 0 && titles.length !== 2) report.surprises.push(`${titles.length} titles`);
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
