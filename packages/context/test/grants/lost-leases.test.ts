import type { Context, User } from '@context-sdk/context';
import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isAlive } from '../support/is-alive.ts';
import { googleTokens, startContext } from '../support/start-context.ts';
import { type Deliveries, READONLY, startDeliveries } from '../support/start-deliveries.ts';

const MINUTE = 60_000;
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const IDS = { 'ada@example.com': '1082', 'grace@example.com': '1133' } as const;

type Email = keyof typeof IDS;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A store whose process stands still for two minutes in the first step that `at` names. What happens meanwhile is `meanwhile`. */
function stallingStore(at: (method: keyof RecordStore, key: string) => boolean) {
  const inner = memoryStore();
  let meanwhile: (() => Promise<void>) | undefined;
  const stall = async (method: keyof RecordStore, key: string): Promise<void> => {
    const work = meanwhile;
    if (work === undefined || !at(method, key)) return;
    meanwhile = undefined;
    vi.advanceTimersByTime(2 * MINUTE);
    await work();
  };
  const store: RecordStore = {
    ...inner,
    async compareAndSet(key, ...rest) {
      await stall('compareAndSet', key);
      return await inner.compareAndSet(key, ...rest);
    },
    async delete(key, expected) {
      await stall('delete', key);
      return await inner.delete(key, expected);
    },
  };
  return {
    inner,
    store,
    stallOnce(work: () => Promise<void>) {
      meanwhile = work;
    },
  };
}

async function signIn(
  { sandbox }: Pick<Deliveries, 'sandbox'>,
  { connections }: User,
  email: Email,
): Promise<string> {
  const tokens = googleTokens(sandbox, [READONLY], email);
  await connections.import('google', tokens, { account: { id: IDS[email], email } });
  return tokens.refreshToken ?? '';
}

/** A process that stands still while it deletes what was derived, and another one. */
function startTwo() {
  const stalling = stallingStore((method, key) => method === 'delete' && key === 'plans/of-ada');
  const { inner } = stalling;
  const isPlans = (key: string): boolean => key.startsWith('plans/');
  const store: RecordStore = {
    ...stalling.store,
    delete: (key, expected) => stalling.store.delete(isPlans(key) ? 'plans/of-ada' : key, expected),
  };
  const one = startContext({ store });
  const other = startContext({ store: inner, emulated: one.sandbox });
  const takeOver = async (email: Email): Promise<string> => {
    await inner.delete('own-connection/ada/google');
    return await signIn(one, other.context.user('ada'), email);
  };
  return { ...stalling, sandbox: one.sandbox, user: one.context.user('ada'), other: other.context, takeOver };
}

async function isConnected(context: Context, email: Email): Promise<boolean> {
  const { state, identity } = await context.user('ada').connections.get('google');
  return state === 'connected' && identity?.email === email;
}

describe('16.2: a change of a connection whose process stood still ends nothing of a newer sign-in', () => {
  test.each(['fails', 'goes on'])('a disconnect that %s afterwards', async (how) => {
    const { stallOnce, sandbox, user, other, takeOver } = startTwo();
    const before = await signIn({ sandbox }, user, 'ada@example.com');
    let after = '';
    stallOnce(async () => {
      after = await takeOver('grace@example.com');
      if (how === 'fails') throw new StoreError('unavailable', 'The table is locked.');
    });
    await expect(user.connections.disconnect('google')).rejects.toThrow(StoreError);
    expect(await isConnected(other, 'grace@example.com')).toBe(true);
    expect(await isAlive(sandbox, after)).toBe(true);
    expect(await isAlive(sandbox, before)).toBe(false);
  });

  test('a sign-in as somebody else', async () => {
    const { stallOnce, sandbox, user, other, takeOver } = startTwo();
    await signIn({ sandbox }, user, 'ada@example.com');
    let after = '';
    stallOnce(async () => {
      after = await takeOver('ada@example.com');
    });
    await expect(signIn({ sandbox }, user, 'grace@example.com')).rejects.toThrow(StoreError);
    expect(await isConnected(other, 'ada@example.com')).toBe(true);
    expect(await isAlive(sandbox, after)).toBe(true);
  });
});

describe('16.32: a sync whose process stood still closes no push of the one that took over', () => {
  test.each(['the same account', 'another account'])('of %s', async (whose) => {
    let releases = 0;
    const isRelease = (method: keyof RecordStore, key: string): boolean =>
      method === 'compareAndSet' && key === 'feed/ada/google-calendar' && ++releases === 2;
    const { inner, store, stallOnce } = stallingStore(isRelease);
    const one = startDeliveries({ store });
    const { sandbox } = one;
    const other = startContext({ store: inner, emulated: sandbox });
    await signIn(one, one.context.user('ada'), 'ada@example.com');
    const email = whose === 'the same account' ? 'ada@example.com' : 'grace@example.com';
    stallOnce(async () => {
      await inner.delete('feed/ada/google-calendar');
      if (whose === 'another account') await signIn(one, other.context.user('ada'), email);
      await other.context.subscriptions.ensure('ada');
    });
    await one.context.subscriptions.ensure('ada');
    expect(await inner.list('channel/')).toHaveLength(2);
    one.events.length = 0;
    sandbox.google.testUser(email).calendar.addEvent({ summary: 'new', ...SOON });
    await sandbox.google.push.settled();
    expect(one.events).toMatchObject([{ source: 'google-calendar' }]);
  });
});
