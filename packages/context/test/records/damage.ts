import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserSessions, type MaintenanceFailure } from '@context-sdk/context';
import { encryptedStore } from '@context-sdk/context/encrypted';
import { fileStore } from '@context-sdk/context/file';
import { sqliteStore } from '@context-sdk/context/sqlite';
import { contextTools, type ContextTools } from '@context-sdk/context/tools';
import { memoryStore, type RecordStore, revocationOutbox } from '@context-sdk/oauth-core';
import { UNLIMITED } from '@context-sdk/test-support';
import type { Service } from '@context-sdk/test-support/service';
import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest';
import { type OpenStore, SERVER_STORES } from '../support/server-stores.ts';
import { googleTokens } from '../support/start-context.ts';
import { type Deliveries, READONLY, startDeliveries } from '../support/start-deliveries.ts';

const HOUR = 3_600_000;
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const WITHIN = { from: '2099-03-02T09:00:00Z', to: '2099-03-02T17:00:00Z' };
const KEY = { id: 'k1', bytes: new Uint8Array(32).fill(1) };

const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** A store, and the one below it that damage is done to. */
interface DamageableStore {
  store: RecordStore;
  raw: RecordStore;
}

let stores = 0;
export const STORES: Record<string, () => DamageableStore | Promise<DamageableStore>> = {
  memory: () => plain(memoryStore()),
  file: () => plain(fileStore(join(folder, `files-${(stores += 1)}`))),
  sqlite: () => plain(sqliteStore(join(folder, `${(stores += 1)}.sqlite`))),
  encrypted: () => {
    const raw = memoryStore();
    return { raw, store: encryptedStore(raw, { keys: { k1: KEY.bytes }, current: 'k1' }) };
  },
  redis: () => onServer('redis'),
  postgres: () => onServer('postgres'),
};

const open: OpenStore[] = [];
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
});

async function onServer(name: keyof typeof SERVER_STORES): Promise<DamageableStore> {
  const opened = await SERVER_STORES[name].open();
  open.push(opened);
  return plain(opened.store);
}

/** Whether a store's server is there. Empty if it is, or if the store needs none. */
export function noteOn(name: string): string {
  const servers: Partial<Record<string, { service: Service }>> = SERVER_STORES;
  return servers[name]?.service.note ?? '';
}

export function plain(store: RecordStore): DamageableStore {
  return { store, raw: store };
}

/** What can become of a record's text. */
export const DAMAGES: Record<string, (text: string, key: string) => string | Promise<string>> = {
  emptied: () => '',
  'cut in half': (text) => text.slice(0, text.length / 2),
  'replaced by other JSON': () => '["something else"]',
  'replaced by an object of another kind': () => '{"data":{"kind":7},"grant":1,"members":{},"event":[]}',
  'encrypted with a key that is gone': async (_text, key) => {
    const raw = memoryStore();
    const other = encryptedStore(raw, { keys: { gone: new Uint8Array(32).fill(9) }, current: 'gone' });
    await other.compareAndSet(key, undefined, '{}');
    return (await raw.get(key))?.value ?? '';
  },
};

/** Two users with everything that a context stores of them. */
export async function startWithRecords(store: RecordStore): Promise<Deliveries> {
  const started = startDeliveries({
    store,
    // All rounds together are more requests than TickTick takes in a minute.
    rateLimiter: UNLIMITED,
    maxAttempts: 1,
    onEvent: ({ source, userId }) => {
      if (source === 'ticktick' && userId === 'ada') throw new Error('down');
    },
  });
  const { context, sandbox, everything } = started;
  for (const userId of ['ada', 'grace']) {
    const user = await everything(userId);
    const task = sandbox.ticktick.testUser().createTask({ title: `of ${userId}` });
    await context.subscriptions.ensure(userId);
    await user.blockTime(task, { durationMinutes: 30, within: WITHIN });
    await user.draftEmail({ ...task, title: 'x' }, { to: 'a@example.com' });
    await user.createWorkItem(task, { project: sandbox.azureDevOps.organization.projects[0]?.name });
  }
  sandbox.ticktick.testUser().createTask({ title: 'unhandled' });
  sandbox.google.testUser().calendar.addEvent({ summary: 'x', ...SOON });
  await settle(started);
  vi.setSystemTime(Date.now() + HOUR);
  await context.runMaintenance();
  await storeMore(started, store, 'ada');
  return started;
}

/** What only one of the users has: a link, what an assistant's tools store, a session, and a grant that is to end. */
async function storeMore(started: Deliveries, store: RecordStore, userId: string): Promise<void> {
  const { context, sandbox } = started;
  const task = sandbox.ticktick.testUser().createTask({ title: 'linked' });
  const project = sandbox.azureDevOps.organization.projects[0]?.name;
  await context.user(userId).createWorkItem(task, { project, link: true });
  expect(await callTools(started, userId)).toEqual(ANSWERS);
  await browserSessions({ store, baseUrl: 'https://host.example' }).begin(userId);
  const outbox = revocationOutbox({ store, clientOf: () => undefined });
  // Of another account: Google ends all grants of one at once.
  const tokenSet = googleTokens(sandbox, [], 'grace@example.com');
  await outbox.add({ provider: 'google', tokenSet, userId });
}

const ANSWERS = ['ok', 'ok', 'needs-approval', 'ok', 'ok', 'ok'];

/** A write that is done and undone, one that waits for a person, and a plan that is proposed and applied. */
async function callTools({ context, sandbox }: Deliveries, userId: string): Promise<(string | undefined)[]> {
  const user = context.user(userId);
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const careful = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
  const run = async (from: ContextTools, name: string, input: object) => await from[name]?.execute(input);
  const made = await run(tools, 'create_task', { title: 'by a tool' });
  const undone = await run(tools, 'undo', {});
  const waits = await run(careful, 'create_task', { title: 'not yet' });
  // Another task each time: what is done of the last one needs no time any more.
  const { id } = sandbox.ticktick.testUser().createTask({ title: 'to plan' });
  const found = await run(tools, 'find', { kind: 'tasks', text: 'to plan' });
  const task = /\bt\d+\b/.exec(JSON.stringify(found))?.[0] ?? '';
  const plan = await run(tools, 'plan_tasks', { tasks: [task] });
  const handle = /\bp\d+\b/.exec(JSON.stringify(plan))?.[0] ?? '';
  const applied = await run(tools, 'plan_tasks', { apply: handle });
  sandbox.ticktick.testUser().deleteTask(id);
  return [made, undone, waits, found, plan, applied].map((answer) => answer?.status);
}

async function settle({ sandbox }: Deliveries): Promise<void> {
  await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
}

/** Kinds whose records name no user. Only one user has them here. */
const NAMELESS = new Set(['plans', 'revocation-pause']);

/** What every context has stored once its users have connected, and worked with everything. */
const KINDS = [
  'connection',
  'own-connection',
  'token',
  'feed',
  'task-changes',
  'push',
  'hook',
  'channel',
  'mailbox',
  'block-time',
  'plans',
  'draft-email',
  'work-item',
  'own-work-item',
  'link',
  'link-item',
  'has-links',
  'link-turn',
  'delivery',
  'dead-letter',
  'pause',
  'pending-event',
  'oauth-transaction',
  'pending-grant',
  'session',
  'user-session',
  'tool-handles',
  'tool-action',
  'tool-approval',
  'tool-plan',
  'tool-undo',
  'revocation',
  'revocation-pause',
];

/** Records that are there for a moment only, as they are written: locks, pauses, an event and a sign-in that wait. */
async function plantPassing(store: RecordStore, userId: string): Promise<void> {
  const [link = `link/${userId}/none`] = await store.list(`link/${userId}/`);
  const event = { source: 'ticktick', userId, type: 'task.created', verified: true, data: { id: 't1' } };
  const transaction = {
    provider: 'google',
    state: 's',
    codeVerifier: 'v',
    redirectUri: 'https://host.example/callback',
    scopes: [],
    expiresAt: 1,
    remember: { userId },
  };
  const passing: Record<string, object> = {
    'oauth-transaction/id': { v: 1, transaction, browser: 'hash' },
    [link.replace(/^link/, 'link-turn')]: {},
    [`tool-undo/${userId}/lease`]: {},
    [`pause/${userId}/azure-devops`]: {},
    [`pause/${userId}/rejected-ticktick`]: {},
    [`pending-event/${userId}/ticktick/hash`]: { event, attempts: 1, nextAt: 0 },
    [`pending-grant/${userId}/google/hash`]: {
      tokenSet: { accessToken: 'a', obtainedAt: 1, scopes: [] },
      account: {},
      returnTo: '/',
    },
  };
  for (const [key, value] of Object.entries(passing))
    await store.compareAndSet(key, undefined, JSON.stringify(value), { ttlMs: HOUR });
}

/** All keys that are about one user, by kind. Routes and links are found by their content. */
async function keysOf(store: RecordStore, userId: string): Promise<Map<string, string[]>> {
  const kinds = new Map<string, string[]>();
  for (const key of await store.list('')) {
    const record = await store.get(key).catch(() => undefined);
    const isIn = key.split('/').includes(userId) || record?.value.includes(`"${userId}"`);
    const [kind = ''] = key.split('/');
    if (isIn || NAMELESS.has(kind)) kinds.set(kind, [...(kinds.get(kind) ?? []), key]);
  }
  return kinds;
}

export async function damage(
  { raw }: DamageableStore,
  key: string,
  how: keyof typeof DAMAGES,
): Promise<void> {
  const record = await raw.get(key);
  const text = (await DAMAGES[how]?.(record?.value ?? '', key)) ?? '';
  // A pause is a record that ends: by its end, whatever it says.
  const ttlMs = key.includes('pause/') ? 60_000 : undefined;
  if (record !== undefined) await raw.compareAndSet(key, record.version, text, ttlMs ? { ttlMs } : {});
}

/** Signs in again everywhere. */
export async function signInAgain({ context, sandbox }: Deliveries, userId: string): Promise<void> {
  const { connections } = context.user(userId);
  await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  await connections.import('google', googleTokens(sandbox, [READONLY]));
  await connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
}

export async function works({ context }: Deliveries, userId: string): Promise<string[]> {
  const user = context.user(userId);
  await user.ticktick.projects.list();
  await user.calendar.calendars.list().toArray();
  await (await user.azureDevOps()).projects.list().toArray();
  return (await user.connections.list()).map(({ state }) => state);
}

/** Two kinds at once: each round asks everything of everybody. */
function roundsOf(kinds: readonly string[]): string[][] {
  const half = Math.ceil(kinds.length / 2);
  return kinds.slice(0, half).map((kind, index) => [kind, ...kinds.slice(half + index, half + index + 1)]);
}

/** Links and an assistant's tools go on: what can't be read any more is made anew. */
async function worksOn(started: Deliveries, userId: string, kind: string): Promise<void> {
  const { context } = started;
  const { ticktick, links } = context.user(userId);
  const tasks = await ticktick.tasks.listOpen().toArray();
  const task = tasks.find(({ title }) => title === 'linked');
  if (task === undefined) throw new Error('The linked task is gone.');
  expect((await links.create(task)).failures).toEqual([]);
  expect((await links.syncAll()).filter((outcome) => 'error' in outcome)).toEqual([]);
  expect([kind, await callTools(started, userId)]).toEqual([kind, ANSWERS]);
  await context.actions.list(userId);
  await context.actions.pending(userId);
}

/**
 * Damages all records of two kinds after the others, of several ways each kind in the next one: others go on, and the user
 * heals by signing in again.
 */
export async function expectHealing(
  name: string,
  how: string | readonly string[],
  only?: readonly string[],
): Promise<void> {
  const damageable = (await STORES[name]?.()) ?? plain(memoryStore());
  const { store } = damageable;
  const started = await startWithRecords(store);
  const { context } = started;
  const handler = context.createHandler({ getUserId: () => 'ada' });
  await plantPassing(store, 'ada');
  const kinds = await keysOf(store, 'ada');
  expect(KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  const ways = typeof how === 'string' ? [how] : how;
  for (const [index, round] of roundsOf(only ?? [...kinds.keys()].toSorted()).entries()) {
    await plantPassing(store, 'ada');
    const now = await keysOf(store, 'ada');
    for (const [at, one] of round.entries()) {
      const way = ways[(index + at) % ways.length] ?? '';
      for (const key of now.get(one) ?? []) await damage(damageable, key, way);
    }
    const kind = round.join(' and ');
    vi.setSystemTime(Date.now() + 2 * HOUR);
    const { failures } = await context.runMaintenance();
    expect([kind, failures.filter(({ userId }) => userId !== 'ada')]).toEqual([kind, []]);
    expect([kind, await works(started, 'grace')]).toEqual([kind, ['connected', 'connected', 'connected']]);
    const authorize = new Request(`${handler.baseUrl}/auth/google/authorize`);
    expect([kind, (await handler(authorize)).status]).toEqual([kind, 302]);
    await context.user('ada').connections.list();
    await context.doctor();
    await signInAgain(started, 'ada');
    expect([kind, await works(started, 'ada')]).toEqual([kind, ['connected', 'connected', 'connected']]);
    if (/link|tool|plans/.test(kind)) await worksOn(started, 'ada', kind);
    vi.setSystemTime(Date.now() + 2 * HOUR);
    expect([kind, await failuresOf(context)]).toEqual([kind, []]);
  }
}

/** Of a maintenance; Ada's host takes no event, and on servers, whose clocks go on as ever, some are told only now. */
async function failuresOf(context: Deliveries['context']): Promise<MaintenanceFailure[]> {
  const { failures } = await context.runMaintenance();
  return failures.filter(({ error }) => error.code !== 'event_not_handled');
}

/** Damages all records of a user at once: the user can disconnect. */
export async function expectDisconnect(name: string, how: string): Promise<void> {
  const damageable = (await STORES[name]?.()) ?? plain(memoryStore());
  const { store } = damageable;
  const started = await startWithRecords(store);
  for (const keys of (await keysOf(store, 'ada')).values()) {
    for (const key of keys) await damage(damageable, key, how);
  }
  const { connections } = started.context.user('ada');
  for (const provider of ['ticktick', 'google', 'azure-devops'] as const) {
    await connections.disconnect(provider);
    expect((await connections.get(provider)).reason).toBe('never-connected');
  }
  for (const prefix of ['connection/ada/', 'token/ada/', 'feed/ada/', 'task-changes/ada/', 'push/ada/']) {
    expect(await store.list(prefix)).toEqual([]);
  }
}
