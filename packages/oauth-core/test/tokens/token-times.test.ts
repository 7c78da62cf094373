import { memoryStore, type TokenManager, type TokenSet } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ANSWERS, RotatingProvider } from '../support/rotating-provider.ts';

/** The schedule of docs/tokens.md to the millisecond, of a connection in the middle of its window. */

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const MIDDLE = 0.5;
let provider: RotatingProvider;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(MIDDLE);
  // A process that has run for a day.
  vi.advanceTimersByTime(24 * HOUR);
  provider = new RotatingProvider({ leaseTtlMs: 30 * SECOND });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** A result as soon as it is there: no time passes beyond the pauses that it takes. */
async function settled<T>(result: Promise<T>): Promise<T> {
  const progress = { isOver: false };
  result.finally(() => (progress.isOver = true)).catch(() => undefined);
  await pass(0);
  while (!progress.isOver) await vi.advanceTimersToNextTimerAsync();
  return await result;
}

function tokens(lifetimeMs: number, more: Partial<TokenSet> = {}): TokenSet {
  const obtainedAt = Date.now();
  return { accessToken: 'access-0', obtainedAt, expiresAt: obtainedAt + lifetimeMs, scopes: [], ...more };
}

const RENEWABLE = { refreshToken: 'refresh-0' };

async function connected(lifetimeMs: number, more: Partial<TokenSet> = RENEWABLE): Promise<TokenManager> {
  const manager = provider.processOver(memoryStore());
  await manager.save(tokens(lifetimeMs, more));
  return manager;
}

describe('14: a refresh begins', () => {
  test.each([
    { lifetime: HOUR, random: MIDDLE, early: 120 * SECOND },
    { lifetime: HOUR, random: 1, early: 144 * SECOND },
    { lifetime: HOUR, random: 0, early: 96 * SECOND },
    { lifetime: 60 * SECOND, random: MIDDLE, early: 12 * SECOND },
    { lifetime: 60 * SECOND, random: 1, early: 14.4 * SECOND },
  ])('$early ms before the end of $lifetime, where the draw is $random', async (row) => {
    vi.mocked(Math.random).mockReturnValue(row.random);
    const manager = await connected(row.lifetime);
    await pass(row.lifetime - row.early - 1);
    expect(await manager.getAccessToken()).toBe('access-0');
    await pass(0);
    expect(provider.redeemed).toEqual([]);
    await pass(1);
    expect(await manager.getAccessToken()).toBe('access-0');
    await pass(0);
    expect(provider.redeemed).toEqual(['refresh-0']);
    expect(await manager.getAccessToken()).toBe('access-1');
  });

  test('never where there is nothing to refresh with', async () => {
    const manager = await connected(HOUR, {});
    await pass(HOUR - 1);
    expect(await manager.getAccessToken()).toBe('access-0');
    expect(manager.current()).toBe('access-0');
    await pass(1);
    expect(manager.current()).toBeUndefined();
    expect(await failure(manager.getAccessToken())).toMatchObject({ reason: 'expired' });
    expect(provider.redeemed).toEqual([]);
  });
});

test.each([
  { lifetime: HOUR, reserve: 5 * SECOND },
  { lifetime: 60 * SECOND, reserve: 3 * SECOND },
])('14: a token of $lifetime ms is sent until $reserve ms before its end', async ({ lifetime, reserve }) => {
  const manager = await connected(lifetime);
  await pass(lifetime - reserve - 1);
  expect(manager.current()).toBe('access-0');
  await pass(1);
  expect(manager.current()).toBeUndefined();
});

test('14: a clock may go back by a minute', async () => {
  const manager = await connected(HOUR);
  vi.setSystemTime(Date.now() - 60 * SECOND);
  expect(manager.current()).toBe('access-0');
  vi.setSystemTime(Date.now() - 1);
  expect(manager.current()).toBeUndefined();
  const fixed = await connected(HOUR, {});
  vi.setSystemTime(Date.now() - HOUR);
  expect(fixed.current()).toBe('access-0');
});

describe('14: after a refresh that failed', () => {
  /** How long calls wait for the next attempt: tried a millisecond before it, and then. */
  async function nextAttempt(manager: TokenManager, pauseMs: number): Promise<number> {
    const before = provider.redeemed.length;
    await pass(pauseMs - 1);
    const waiting = await failure(manager.getAccessToken());
    expect(waiting).toMatchObject({ code: 'service_unavailable', retryAfterMs: 1 });
    expect(provider.redeemed).toHaveLength(before);
    await pass(1);
    await failure(settled(manager.getAccessToken()));
    return provider.redeemed.length - before;
  }

  test('the pause of a token that has ended doubles up to half a minute', async () => {
    const manager = await connected(HOUR);
    provider.plan(...Array.from({ length: 100 }, () => ANSWERS.unavailable));
    await pass(HOUR);
    await failure(settled(manager.getAccessToken()));
    for (const pause of [1, 2, 4, 8, 16, 30, 30]) expect(await nextAttempt(manager, pause * SECOND)).toBe(3);
    expect(await failure(manager.getAccessToken())).toMatchObject({
      message: expect.stringContaining('(8 times in a row)') as unknown,
    });
  });

  test('that of one that is still good is half a minute at once', async () => {
    const manager = await connected(HOUR);
    provider.plan(...Array.from({ length: 100 }, () => ANSWERS.unavailable));
    await pass(HOUR - 120 * SECOND);
    const attempts: number[] = [];
    for (let ms = 0; ms < 70 * SECOND; ms += 100) {
      const before = provider.redeemed.length;
      expect(await manager.getAccessToken()).toBe('access-0');
      await pass(0);
      if (provider.redeemed.length > before && !attempts.some((at) => ms - at < 2 * SECOND))
        attempts.push(ms);
      await pass(100);
    }
    // The attempts of a refresh take 1,125 ms.
    expect(attempts).toEqual([0, 31_200, 62_400]);
  });

  test('that which the provider asks for counts if it is longer', async () => {
    const manager = await connected(HOUR);
    const busy = (): Response => new Response('', { status: 503, headers: { 'retry-after': '45' } });
    provider.plan(busy, busy);
    await pass(HOUR);
    await failure(settled(manager.getAccessToken()));
    expect(provider.redeemed).toHaveLength(1);
    expect(await nextAttempt(manager, 45 * SECOND)).toBe(1);
  });

  test('the attempts of one refresh are a quarter and half a second apart, and as much again by lot', async () => {
    const manager = await connected(HOUR);
    for (const [random, pauses] of [
      [0, [250, 500]],
      [MIDDLE, [375, 750]],
    ] as const) {
      const times: number[] = [];
      const noted = (): Response => {
        times.push(Date.now());
        return new Response('', { status: 503 });
      };
      provider.plan(noted, noted, noted);
      vi.mocked(Math.random).mockReturnValue(random);
      await pass(HOUR);
      await failure(settled(manager.getAccessToken()));
      expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual(pauses);
    }
  });
});

describe('14: a token that is rejected', () => {
  const access = (manager: TokenManager, rejected: string): Promise<string> =>
    settled(manager.getAccessToken({ rejected }));

  /** Two are rejected, the first so long after its refresh; the second after so long again. */
  async function rejectTwice(firstMs: number, secondMs: number): Promise<unknown> {
    const manager = await connected(HOUR);
    await pass(HOUR);
    expect(await manager.getAccessToken()).toBe('access-1');
    await pass(firstMs);
    expect(await manager.getAccessToken({ rejected: 'access-1' })).toBe('access-2');
    await pass(secondMs);
    return await manager.getAccessToken({ rejected: 'access-2' }).catch((error: unknown) => error);
  }

  test('straight after its refresh is refreshed once more, and then it is the service’s fault', async () => {
    expect(await rejectTwice(9_999, 9_999)).toMatchObject({ reason: 'rejected' });
    expect(provider.redeemed).toHaveLength(2);
  });

  test.each([
    [10_000, 0],
    [9_999, 10_000],
  ])('after %i ms, and its successor after %i ms, has had its time', async (first, second) => {
    expect(await rejectTwice(first, second)).toBe('access-3');
  });

  test('of a short life counts as new for half of it', async () => {
    const short = (): Response =>
      Response.json({
        access_token: `short-${provider.redeemed.length}`,
        refresh_token: 'r',
        expires_in: 10,
      });
    for (const [second, given] of [
      [4_999, undefined],
      [5_000, 'short-3'],
    ] as const) {
      provider = new RotatingProvider({ leaseTtlMs: 30 * SECOND });
      provider.plan(short, short, short);
      const manager = await connected(HOUR);
      await pass(HOUR);
      expect(await manager.getAccessToken()).toBe('short-1');
      expect(await manager.getAccessToken({ rejected: 'short-1' })).toBe('short-2');
      await pass(second);
      const outcome = await access(manager, 'short-2').catch(() => undefined);
      expect(outcome).toBe(given);
    }
  });

  test('with nothing to refresh is held back for a minute, and a second time within a day ends it', async () => {
    for (const [afterMs, isEnded] of [
      [24 * HOUR - 1, true],
      [24 * HOUR, false],
    ] as const) {
      const manager = await connected(1000 * HOUR, {});
      expect(await failure(access(manager, 'access-0'))).toMatchObject({ reason: 'rejected' });
      await pass(afterMs);
      expect(await failure(access(manager, 'access-0'))).toMatchObject({ reason: 'rejected' });
      await pass(2 * 60 * SECOND);
      expect(await manager.status()).toMatchObject({
        state: isEnded ? 'needs-reauthorization' : 'connected',
      });
    }
  });
});
