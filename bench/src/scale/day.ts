import { createContext } from '@context-sdk/context';
import { memoryStore, type RateLimiter, type RecordStore, type Schedule } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { pass } from './clock.ts';

const MINUTES = 24 * 60;
const CHANGES = 10;
const SCOPES = [
  'openid',
  'email',
  'https://www.googleapis.com/auth/calendar',
  'https://www.googleapis.com/auth/gmail.readonly',
];
const TOPIC = 'projects/demo/topics/mail';
const SENDER = 'push@demo.iam.gserviceaccount.com';
/** The wall clock alone is fast, so one that keeps time by another clock would hold requests back. */
const forgetful: RateLimiter = { run: (_, dispatch) => dispatch(), pause: async () => undefined };

/** What one user with all three services takes in a day. */
export interface Day {
  /** Calls of the store and its schedule, without what a pass takes where nothing is due. */
  operations: number;
  /** Requests by service. */
  requests: Record<string, number>;
  /** Of this process, emulated services included. */
  cpuMs: number;
  /** What lies in the store at the end. */
  bytes: number;
  events: number;
}

/** A day of polling each minute, or of pushes where services have them, with ten new tasks and ten new events. */
export async function simulateDay({
  pushes,
  maxPollEveryMs,
}: {
  pushes: boolean;
  maxPollEveryMs?: number;
}): Promise<Day> {
  const sandbox = createSandbox({
    seed: 'empty',
    ticktick: { rateLimits: [] },
    google: { deliver: (url, init) => handler(new Request(url, init)) },
  });
  const kept = memoryStore();
  const counts = { operations: 0, passes: 0 };
  const requests: Record<string, number> = {};
  let events = 0;
  const { ticktick, google, azureDevOps } = sandbox;
  const context = createContext({
    store: counted(kept, counts),
    rateLimiter: forgetful,
    baseUrl: pushes ? 'https://host.example' : 'http://localhost:8000',
    providers: {
      ticktick: { limits: [] },
      google: {
        clientId: google.app.clientId,
        clientSecret: google.app.clientSecret,
        pubsubTopic: TOPIC,
        pushServiceAccount: SENDER,
      },
      azureDevOps: { organizationUrl: azureDevOps.organization.url },
    },
    fetch: (input, init) => {
      const { host } = new URL(input instanceof Request ? input.url : input);
      requests[host] = (requests[host] ?? 0) + 1;
      return sandbox.fetch(input, init);
    },
    onEvent: () => void (events += 1),
  });
  const handler = context.createHandler({ getUserId: () => undefined });
  const url = 'https://host.example/webhooks/google/gmail';
  google.pubsub.subscribe({ topic: TOPIC, url, serviceAccount: SENDER });
  const { connections } = context.user('ada');
  await connections.connect('ticktick', { token: ticktick.issueApiToken() });
  const obtainedAt = Date.now();
  await connections.import('google', {
    ...google.issueToken({ scopes: SCOPES }),
    obtainedAt,
    expiresAt: obtainedAt + 3_599_000,
    scopes: SCOPES,
  });
  await connections.connect('azure-devops', { token: azureDevOps.issuePat() });
  await context.runMaintenance();
  await google.push.settled();
  counts.operations = counts.passes = events = 0;
  for (const host of Object.keys(requests)) requests[host] = 0;
  const before = process.cpuUsage();
  for (let minute = 1; minute <= MINUTES; minute += 1) {
    pass(60_000);
    if (minute % (MINUTES / CHANGES) === 0) {
      ticktick.testUser().createTask({ title: `At ${minute}` });
      const time = { dateTime: new Date().toISOString() };
      google.testUser().calendar.addEvent({ summary: `At ${minute}`, start: time, end: time });
      await google.push.settled();
    }
    await context.runMaintenance({ ...(maxPollEveryMs !== undefined && { maxPollEveryMs }) });
  }
  const { user, system } = process.cpuUsage(before);
  let bytes = 0;
  for (const key of await kept.list('')) bytes += key.length + ((await kept.get(key))?.value.length ?? 0);
  return { operations: counts.operations, requests, cpuMs: (user + system) / 1000, bytes, events };
}

/** Counts what a user takes, and apart from it what a pass takes by itself: planning the walk and claiming. */
function counted(store: RecordStore, counts: { operations: number; passes: number }): RecordStore {
  const counting = <T extends object>(
    target: T,
    isOfPass: (name: string | symbol, args: unknown[]) => boolean,
  ): T =>
    new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          counts[isOfPass(name, args) ? 'passes' : 'operations'] += 1;
          return Reflect.apply(value, of, args);
        };
      },
    });
  const schedule: Schedule | undefined = store.schedule?.();
  const own = schedule && counting(schedule, (name, [job]) => name === 'claim' || job === 'walk');
  const records = counting(store, () => false);
  return new Proxy(records, { get: (of, name) => (name === 'schedule' ? () => own : Reflect.get(of, name)) });
}
