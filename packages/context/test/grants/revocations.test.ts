import type { AuditEvent, Context, ContextOptions } from '@context-sdk/context';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Browser } from '../support/browser.ts';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { isAlive } from '../support/is-alive.ts';
import { mortalProcess } from '../support/mortal-store.ts';
import { googleTokens, providersOf, startContext } from '../support/start-context.ts';
import { HOST, startHost } from '../support/start-host.ts';

const MINUTE = 60_000;
/** Every second step, so that the tests stay quick: its response is lost, or the step with it. */
const STRIDE = 2;
const DOWN = { kind: 'status', status: 503 } as const;
const ADA = { account: { id: '1082', email: 'ada@example.com' } };
const GRACE = { account: { id: '1133', email: 'grace@example.com' } };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(minutes: number): void {
  vi.setSystemTime(Date.now() + minutes * MINUTE);
}

/** What Google has issued, as the host's requests were answered. */
function recorded(sandbox: Sandbox): { fetch: typeof fetch; refreshTokens: string[] } {
  const refreshTokens: string[] = [];
  return {
    refreshTokens,
    async fetch(input, init) {
      const response = await sandbox.fetch(input, init);
      const { refresh_token: token } = (await response
        .clone()
        .json()
        .catch(() => ({}))) as { refresh_token?: string };
      if (token !== undefined) refreshTokens.push(token);
      return response;
    },
  };
}

/** Two processes on one store, and Google's revocation endpoint, which is down. */
function startTwo(options: Partial<ContextOptions> = {}) {
  const store = memoryStore();
  const audited: AuditEvent[] = [];
  const shared = { store, onAudit: (event: AuditEvent) => void audited.push(event), ...options };
  const one = startContext(shared);
  const other = startContext({ ...shared, emulated: one.sandbox });
  const { sandbox } = one;
  sandbox.faults.inject(DOWN, { path: /revoke/, rate: 1 });
  const contexts = [one.context, other.context];
  return { store, sandbox, audited, contexts, context: one.context };
}

async function maintain(contexts: Context[]) {
  const reports = await Promise.all(contexts.map((context) => context.runMaintenance()));
  return reports.map(({ revocations }) => revocations.attempts.map(({ outcome }) => outcome));
}

describe('16.12: a provider that is down keeps nothing alive', () => {
  test('a disconnect tells what is pending, and maintenance of two processes revokes it once', async () => {
    const { store, sandbox, audited, contexts, context } = startTwo();
    const { connections } = context.user('ada');
    const tokens = googleTokens(sandbox, [], 'ada@example.com');
    await connections.import('google', tokens, ADA);
    expect(await connections.disconnect('google')).toEqual({
      provider: 'google',
      outcome: 'revocation-pending',
    });
    expect((await connections.get('google')).reason).toBe('never-connected');
    expect(await isAlive(sandbox, tokens.refreshToken)).toBe(true);
    expect(await maintain(contexts)).toEqual([[], []]);
    pass(3);
    expect((await maintain(contexts)).flat()).toEqual(['pending']);
    sandbox.faults.clear();
    pass(5);
    expect((await maintain(contexts)).flat()).toEqual(['revoked']);
    expect(await isAlive(sandbox, tokens.refreshToken)).toBe(false);
    expect(await store.list('')).toEqual([]);
    expect(audited.map(({ type }) => type)).toEqual([
      'connected',
      'revocation-failed',
      'revocation-failed',
      'revoked',
    ]);
    const facts = { provider: 'google', userId: 'ada', accountId: '1082' };
    expect(audited[2]).toMatchObject({ ...facts, attempts: 2 });
    expect(audited[3]).toMatchObject({ ...facts, atProvider: true, grantId: audited[0]?.grantId });
  });

  test('so do forget and export', async () => {
    const { store, sandbox, contexts, context } = startTwo();
    const user = context.user('ada');
    const tokens = googleTokens(sandbox, [], 'ada@example.com');
    await user.connections.import('google', tokens, ADA);
    expect(await user.forget()).toMatchObject({
      connections: [{ provider: 'google', outcome: 'revocation-pending' }],
      pendingRevocations: 1,
      isComplete: false,
    });
    expect(await user.export()).toMatchObject({ pendingRevocations: 1 });
    sandbox.faults.clear();
    pass(3);
    await maintain(contexts);
    expect(await isAlive(sandbox, tokens.refreshToken)).toBe(false);
    expect(await user.export()).toMatchObject({ pendingRevocations: 0 });
    expect(await store.list('')).toEqual([]);
  });

  test('another account over an old one', async () => {
    const { sandbox, audited, contexts, context } = startTwo();
    const { connections } = context.user('ada');
    const [old, next] = ['ada@example.com', 'grace@example.com'].map((email) =>
      googleTokens(sandbox, [], email),
    );
    if (old === undefined || next === undefined) throw new Error('no tokens');
    await connections.import('google', old, ADA);
    await connections.import('google', next, GRACE);
    // The first attempt is made in the background.
    await vi.waitFor(() => expect(audited.map(({ type }) => type)).toContain('revocation-failed'));
    sandbox.faults.clear();
    pass(3);
    await maintain(contexts);
    expect(await isAlive(sandbox, old.refreshToken)).toBe(false);
    expect(await isAlive(sandbox, next.refreshToken)).toBe(true);
    expect((await connections.get('google')).state).toBe('connected');
  });
});

describe('16.12: a sign-in that becomes no connection', () => {
  test('onConnected throws: the grant is revoked at once, or once the provider is up', async () => {
    for (const isDown of [false, true]) {
      const sandbox = createSandbox({ seed: 'empty' });
      const { fetch, refreshTokens } = recorded(sandbox);
      const host = startHost({
        emulated: sandbox,
        fetch,
        onConnected: () => {
          throw new Error('the database is away');
        },
      });
      if (isDown) sandbox.faults.inject(DOWN, { path: /revoke/, rate: 1 });
      expect((await host.browser().visit('/auth/google/authorize')).response.status).toBe(500);
      expect(refreshTokens).toHaveLength(1);
      expect(await isAlive(sandbox, refreshTokens[0])).toBe(isDown);
      sandbox.faults.clear();
      pass(7);
      await host.context.runMaintenance();
      expect(await isAlive(sandbox, refreshTokens[0])).toBe(false);
      expect(await host.store.list('revocation')).toEqual([]);
    }
  });

  test('of an account that is connected: the connection stays', async () => {
    let isDown = false;
    const host = startHost({
      onConnected: () => {
        if (isDown) throw new Error('the database is away');
      },
    });
    const ada = host.browser('ada');
    await ada.visit('/auth/google/authorize');
    isDown = true;
    await ada.visit('/auth/google/authorize');
    pass(7);
    await host.context.runMaintenance();
    await host.context.user('ada').calendar.calendars.list().toArray();
    expect(await host.store.list('revocation')).toEqual([]);
  });

  test('the user never decides: the grant ends, and the connection stays', async () => {
    const sandbox = createSandbox({ seed: 'empty' });
    const { fetch, refreshTokens } = recorded(sandbox);
    const host = startHost({ emulated: sandbox, fetch });
    const ada = host.browser('ada');
    await ada.visit('/auth/google/authorize');
    await signInAs(ada, 'grace@example.com');
    pass(9);
    await host.context.runMaintenance();
    expect(await Promise.all(refreshTokens.map((token) => isAlive(sandbox, token)))).toEqual([true, true]);
    pass(8);
    await host.context.runMaintenance();
    expect(await Promise.all(refreshTokens.map((token) => isAlive(sandbox, token)))).toEqual([true, false]);
    expect(await host.store.list('revocation')).toEqual([]);
  });
});

/** Signs in at Google as somebody else than the browser's last account. */
async function signInAs(browser: Browser, email: string): Promise<void> {
  const started = await browser.ask('/auth/google/authorize');
  const consent = new URL(started.headers.get('location') ?? '');
  consent.searchParams.set('login_hint', email);
  await browser.visit(consent, ({ pathname }) => pathname === '/auth/google/replace');
}

/** A host process that can die, and one that goes on. Everything that Google issues is recorded. */
function startMortal() {
  const memory = memoryStore();
  const written = new Set<string>();
  const store: RecordStore = {
    ...memory,
    async compareAndSet(key, ...args) {
      const version = await memory.compareAndSet(key, ...args);
      if (version !== undefined) written.add(key.split('/')[0] ?? '');
      return version;
    },
  };
  const sandbox = createSandbox({ seed: 'empty', sleep: async () => undefined });
  const { google } = providersOf(sandbox);
  const { fetch: services, refreshTokens } = recorded(sandbox);
  let requests = 0;
  const fetch: typeof services = async (input, init) => {
    requests += 1;
    return await services(input, init).finally(() => {
      requests -= 1;
    });
  };
  const mortal = mortalProcess(store, fetch);
  const common = {
    emulated: sandbox,
    onReplace: () => 'replace' as const,
    push: false,
    providers: { ...(google && { google }) },
    fetch,
  };
  const dying = startHost({ ...common, store: mortal.store, fetch: mortal.fetch });
  const living = startContext({ ...common, baseUrl: HOST, store });
  const isBusy = (): boolean => requests > 0;
  return { sandbox, store, written, mortal, dying, living, refreshTokens, isBusy };
}

/** What is left once the other process has maintained everything for a while. */
async function leftBehind({ sandbox, living, refreshTokens, isBusy }: ReturnType<typeof startMortal>) {
  for (const minutes of [7, 15]) {
    pass(minutes);
    await fastForward(living.context.runMaintenance(), isBusy);
  }
  const { state, identity } = await living.context.user('ada').connections.get('google');
  const alive: boolean[] = [];
  for (const token of refreshTokens) alive.push(await isAlive(sandbox, token));
  return { state, email: identity?.email, alive };
}

/** Runs the same work with a death at each of its steps, until it needs no more of them. */
async function atEveryStep(
  work: (started: ReturnType<typeof startMortal>, prepared: () => void) => Promise<void>,
  check: (left: Awaited<ReturnType<typeof leftBehind>>, started: ReturnType<typeof startMortal>) => unknown,
): Promise<void> {
  for (let step = 1; ; step += STRIDE) {
    const started = startMortal();
    const { mortal } = started;
    mortal.arrives = Math.floor(step / STRIDE) % 2 === 0;
    const prepared = (): void => {
      mortal.diesAt = mortal.steps + step;
    };
    await mortal.untilDeath(work(started, prepared));
    const isOver = mortal.steps < mortal.diesAt;
    await check(await leftBehind(started), started);
    if (isOver) return;
  }
}

describe('16.12: a process that dies at any step', { timeout: 300_000 }, () => {
  beforeEach(stopClocks);

  test('of a disconnect: the user is connected, or nothing is left', async () => {
    await atEveryStep(
      async ({ dying }, prepared) => {
        await dying.browser('ada').visit('/auth/google/authorize');
        prepared();
        await dying.context.user('ada').connections.disconnect('google');
      },
      async ({ state, alive }, { mortal, store }) => {
        const isConnected = state === 'connected';
        const facts = [mortal.diesAt, mortal.arrives];
        expect([...facts, alive]).toEqual([...facts, [isConnected]]);
        if (!isConnected) expect([...facts, await store.list('')]).toEqual([...facts, []]);
      },
    );
  });

  test('of a sign-in: the user is connected, or the grant is revoked', async () => {
    await atEveryStep(
      async ({ dying }, prepared) => {
        const browser = dying.browser('ada');
        const consent = await browser.visit('/auth/google/authorize', ({ pathname }) =>
          pathname.endsWith('/callback'),
        );
        prepared();
        await browser.ask(consent.url);
      },
      ({ state, alive }, { mortal, written }) => {
        // Before anything of the provider's response is stored, nobody knows of the grant.
        if (!written.has('revocation')) return;
        const facts = [mortal.diesAt, mortal.arrives];
        expect([...facts, alive]).toEqual([...facts, [state === 'connected']]);
      },
    );
  });

  test('of a change of accounts: one grant is left, the connected one’s', async () => {
    await atEveryStep(
      async ({ dying, written }, prepared) => {
        const browser = dying.browser('ada');
        await browser.visit('/auth/google/authorize');
        written.clear();
        const started = await browser.ask('/auth/google/authorize');
        const consent = new URL(started.headers.get('location') ?? '');
        consent.searchParams.set('login_hint', 'grace@example.com');
        const { url } = await browser.visit(consent, ({ pathname }) => pathname.endsWith('/callback'));
        prepared();
        await browser.ask(url);
      },
      ({ email, alive }, { mortal, written }) => {
        if (!written.has('revocation')) return;
        const facts = [mortal.diesAt, mortal.arrives];
        const isGrace = email === 'grace@example.com';
        expect([...facts, alive]).toEqual([...facts, [email !== undefined && !isGrace, isGrace]]);
      },
    );
  });
});

test('16.12: a page with status 200 in place of a response ends neither a grant nor a push', async () => {
  const { context, sandbox, store } = startContext({ push: true });
  const { connections } = context.user('ada');
  const tokens = googleTokens(sandbox, [], 'ada@example.com');
  await connections.import('google', tokens, ADA);
  await context.runMaintenance();
  sandbox.faults.inject({ kind: 'page', status: 200 }, { path: /revoke|stop/, rate: 1 });
  expect(await connections.disconnect('google')).toEqual({
    provider: 'google',
    outcome: 'revocation-pending',
    openPushes: ['google-calendar'],
  });
  sandbox.faults.clear();
  pass(3);
  await context.runMaintenance();
  expect(await isAlive(sandbox, tokens.refreshToken)).toBe(false);
  expect(await store.list('')).toEqual([]);
});
