import type { Context, User } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { afterEach, expect, test, vi } from 'vitest';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { googleTokens, startContext } from '../support/start-context.ts';
import { type Deliveries, READONLY, startDeliveries } from '../support/start-deliveries.ts';

const [ADA, GRACE] = ['ada@example.com', 'grace@example.com'] as const;
const IDS = { [ADA]: '1082', [GRACE]: '1133' } as const;
const MAIL = 'From: a@example.com\r\nTo: x@example.com\r\nSubject: x\r\n\r\nHello\r\n';
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };

type Email = typeof ADA | typeof GRACE;

/** Where a request is held: on its way to the service, or its answer on the way back. */
type Side = 'request' | 'answer';

async function signIn(
  { sandbox }: Pick<Deliveries, 'sandbox'>,
  { connections }: User,
  email: Email,
): Promise<void> {
  const tokens = googleTokens(sandbox, [READONLY], email);
  await connections.import('google', tokens, { account: { id: IDS[email], email } });
}

/** A process that holds the first request to `path` until it is released, and another one. */
function startTwo(path: RegExp, side: Side, options: Parameters<typeof startDeliveries>[0] = {}) {
  const store = memoryStore();
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let isArmed = true;
  const one = startDeliveries({
    ...options,
    store,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      const isHeld = isArmed && path.test(`${request.method} ${pathname}`);
      if (isHeld) isArmed = false;
      const hold = async (): Promise<void> => {
        held.resolve();
        await released.promise;
      };
      if (isHeld && side === 'request') await hold();
      const response = await one.sandbox.fetch(request);
      if (isHeld && side === 'answer') await hold();
      return response;
    },
  });
  const { sandbox } = one;
  const other = startContext({ store, emulated: sandbox, providers: one.providers });
  return { one, other: other.context, sandbox, store, held: held.promise, release: released.resolve };
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Fakes all clocks, and those of `AbortSignal.timeout`. */
function stopAllClocks(): void {
  stopClocks();
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('Timed out.', 'TimeoutError')), ms);
    return controller.signal;
  });
}

async function settle({ sandbox }: Pick<Deliveries, 'sandbox'>): Promise<void> {
  await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
}

/** How many changes Google announces, in the calendars and mailboxes of both accounts. */
async function announced({ sandbox, delivered }: Deliveries): Promise<number> {
  await settle({ sandbox });
  const before = delivered.length;
  for (const email of [ADA, GRACE]) {
    sandbox.google.testUser(email).calendar.addEvent({ summary: 'after', ...SOON });
    sandbox.google.testUser(email).gmail.receive(MAIL);
  }
  await settle({ sandbox });
  return delivered.length - before;
}

const REQUESTS: Record<string, RegExp> = {
  'the list of calendars': /GET .*calendarList$/,
  'the channel of a calendar': /POST .*events\/watch$/,
  'the channel of the list': /POST .*calendarList\/watch$/,
  'the first events': /GET .*\/events$/,
  'the profile': /GET .*\/profile$/,
  'the watch of a mailbox': /POST .*users\/me\/watch$/,
};

const MEANWHILE: Record<string, (other: Context, started: Deliveries) => Promise<void>> = {
  async disconnects(other) {
    await other.user('ada').connections.disconnect('google');
  },
  async 'connects another account'(other, started) {
    await signIn(started, other.user('ada'), GRACE);
  },
  async 'connects another account, whose pushes are opened'(other, started) {
    await signIn(started, other.user('ada'), GRACE);
    await other.subscriptions.ensure('ada');
  },
  async 'connects another account and then the same'(other, started) {
    await signIn(started, other.user('ada'), GRACE);
    await other.subscriptions.ensure('ada');
    await signIn(started, other.user('ada'), ADA);
    await other.subscriptions.ensure('ada');
  },
};

const CASES = Object.keys(REQUESTS).flatMap((request) =>
  (['request', 'answer'] as const).flatMap((side) =>
    Object.keys(MEANWHILE).map((meanwhile) => ({ request, side, meanwhile })),
  ),
);

test.each(CASES)(
  'nothing stays open of a sync whose $side for $request is held while the user $meanwhile',
  async ({ request, side, meanwhile }) => {
    const { one, other, sandbox, store, held, release } = startTwo(REQUESTS[request] ?? /^$/, side);
    await signIn(one, one.context.user('ada'), ADA);
    const looking = one.context.subscriptions.ensure('ada').catch(() => undefined);
    await held;
    await settle({ sandbox });
    // As if the process had stood still: nobody waits for this sync.
    await store.delete(`feed/ada/${/profile|mailbox/.test(request) ? 'gmail' : 'google-calendar'}`);
    await MEANWHILE[meanwhile]?.(other, one);
    const isConnected = meanwhile !== 'disconnects';
    release();
    await looking;
    await settle({ sandbox });
    if (isConnected) {
      await other.subscriptions.ensure('ada');
      await settle({ sandbox });
      one.events.length = 0;
      const email = meanwhile.endsWith('the same') ? ADA : GRACE;
      sandbox.google.testUser(email).calendar.addEvent({ summary: 'his', ...SOON });
      sandbox.google.testUser(email).gmail.receive(MAIL);
      await settle({ sandbox });
      expect(one.events.map(({ source }) => source).toSorted()).toEqual(['gmail', 'google-calendar']);
      await other.user('ada').connections.disconnect('google');
    }
    expect(await announced(one)).toBe(0);
    expect(await store.list('')).toEqual([]);
  },
);

const HOOK_REQUESTS: Record<string, RegExp> = {
  'the projects': /GET .*_apis\/projects$/,
  'the hooks that there are': /GET .*hooks\/subscriptions$/,
  'a hook': /POST .*hooks\/subscriptions$/,
};

test.each(
  Object.keys(HOOK_REQUESTS).flatMap((request) =>
    (['request', 'answer'] as const).flatMap((side) =>
      ['disconnects', 'disconnects and revokes the token', 'connects as somebody else'].map((meanwhile) => ({
        request,
        side,
        meanwhile,
      })),
    ),
  ),
)(
  'no hook keeps delivering of a sync whose $side for $request is held while the user $meanwhile',
  async ({ request, side, meanwhile }) => {
    const { one, other, sandbox, store, held, release } = startTwo(HOOK_REQUESTS[request] ?? /^$/, side);
    const { connections } = one.context.user('ada');
    await connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    const looking = one.context.subscriptions.ensure('ada').catch(() => undefined);
    await held;
    await store.delete('feed/ada/azure-devops');
    const { connections: elsewhere } = other.user('ada');
    if (meanwhile.startsWith('disconnects')) await elsewhere.disconnect('azure-devops');
    if (meanwhile.endsWith('the token')) sandbox.azureDevOps.revokePats();
    if (meanwhile === 'connects as somebody else') {
      const person = sandbox.azureDevOps.people[1]?.uniqueName ?? '';
      await elsewhere.connect('azure-devops', { token: sandbox.azureDevOps.issuePat({ person }) });
      await other.subscriptions.ensure('ada');
    }
    release();
    await looking;
    if (meanwhile === 'connects as somebody else') await elsewhere.disconnect('azure-devops');
    const changes = async (): Promise<number> => {
      const before = one.delivered.length;
      const developer = sandbox.azureDevOps.testUser();
      const { id } = developer.create({ type: 'Task', fields: { 'System.Title': 'after' } });
      developer.update(id, { 'System.Title': 'changed' });
      await settle({ sandbox });
      return one.delivered.length - before;
    };
    // A hook that no token can end any more is switched off by the response to its first delivery.
    const first = await changes();
    expect(first).toBeLessThanOrEqual(meanwhile === 'disconnects' ? 0 : 1);
    expect(one.delivered.slice(one.delivered.length - first).map(({ status }) => status)).toEqual(
      Array.from({ length: first }, () => 410),
    );
    expect(await changes()).toBe(0);
    expect((await store.list('')).filter((key) => !key.startsWith('ended-hook/'))).toEqual([]);
  },
);

test.each([
  { request: 'the channel of a calendar', side: 'request' },
  { request: 'the channel of a calendar', side: 'answer' },
  { request: 'the channel of the list', side: 'answer' },
  { request: 'the watch of a mailbox', side: 'request' },
] as const)(
  'a disconnect waits some seconds for the $side for $request, of which no notification came',
  async ({ request, side }) => {
    stopAllClocks();
    const deliver = async (): Promise<Response> => new Response(null, { status: 503 });
    const sandboxOptions = { sandbox: { google: { deliver } } };
    const { one, other, sandbox, store, held, release } = startTwo(
      REQUESTS[request] ?? /^$/,
      side,
      sandboxOptions,
    );
    await signIn(one, one.context.user('ada'), ADA);
    const looking = one.context.subscriptions.ensure('ada').catch(() => undefined);
    await held;
    setTimeout(release, 5_000);
    const ended = await fastForward(other.user('ada').connections.disconnect('google'));
    await fastForward(looking);
    expect(ended).toEqual({ provider: 'google', outcome: 'ended' });
    await settle({ sandbox });
    const before = sandbox.google.push.deliveries.length;
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'after', ...SOON });
    await settle({ sandbox });
    expect(sandbox.google.push.deliveries.length).toBe(before);
    expect(await store.list('')).toEqual([]);
  },
);
