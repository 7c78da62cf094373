import { ConfigurationError, type RateLimiter, RateLimitError, StoreError } from '@context-sdk/oauth-core';
import type { IoRedisClient } from '@context-sdk/oauth-core/redis';
import { redisRateLimiter, type RedisRateLimiterOptions } from '@context-sdk/oauth-core/redis-rate-limiter';
import { failure } from '@context-sdk/test-support';
import { deleteKeys, type OpenClient, REDIS_LIBRARIES } from '@context-sdk/test-support/redis';
import { redis } from '@context-sdk/test-support/services';
import { REDIS_URL, uniqueName } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { delayedClient } from './delayed-client.ts';
import { recorder } from './recorder.ts';
import { mostInAnyWindow } from './windows.ts';

const INTERVAL_MS = 200;
const FIVE = [{ limit: 5, intervalMs: INTERVAL_MS }];
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

for (const library of ['ioredis', 'redis'] as const)
  describe.skipIf(!redis.isThere).concurrent(`redisRateLimiter on ${library}${redis.note}`, () => {
    let open: OpenClient;
    let admin: Redis;
    let prefix = '';
    const prefixes: string[] = [];

    beforeAll(async () => {
      open = await REDIS_LIBRARIES[library]();
      admin = new Redis(REDIS_URL);
    });
    afterAll(async () => {
      for (const each of prefixes) await deleteKeys(each);
      await open.close();
      admin.disconnect();
    });

    /** Limiters that share everything, as those of several processes would. */
    function limiters(
      count: number,
      options: RedisRateLimiterOptions = {},
    ): [RateLimiter, RateLimiter, ...RateLimiter[]] {
      prefix = `${uniqueName()}:`;
      prefixes.push(prefix);
      const make = (): RateLimiter => redisRateLimiter(open.client, { prefix, limits: FIVE, ...options });
      return [make(), make(), ...Array.from({ length: count - 2 }, make)];
    }

    test('never more than the limit in any window, in the order of arrival, all together', async () => {
      const { starts, names, dispatch } = recorder();
      const calls: Promise<string>[] = [];
      for (const [index, limiter] of limiters(3).entries())
        for (let call = 0; call < 12; call++) calls.push(limiter.run('key', dispatch(`${index}/${call}`)));
      expect(await Promise.all(calls)).toHaveLength(36);
      const dispatches = starts.map(({ at }) => ({ at, cost: 1 }));
      expect(mostInAnyWindow(dispatches, INTERVAL_MS)).toBe(5);
      for (const index of ['0', '1', '2'])
        expect(names().filter((name) => name.startsWith(index))).toEqual(
          Array.from({ length: 12 }, (_, call) => `${index}/${call}`),
        );
    });

    test('several limits and costs hold together, and a call counts in every limit of its key', async () => {
      const limits = [
        { limit: 10, intervalMs: 150 },
        { limit: 18, intervalMs: 600 },
      ];
      const [one, other] = limiters(2, { limits });
      const dispatches: { at: number; cost: number }[] = [];
      const run = (limiter: RateLimiter, cost: number, own = limits): Promise<void> =>
        limiter.run('key', async () => void dispatches.push({ at: performance.now(), cost }), {
          cost,
          limits: own,
        });
      const shorter = limits.slice(0, 1);
      await Promise.all([7, 3, 2, 9, 1].map((cost) => run(one, cost)));
      await Promise.all([4, 1, 10, 2].map((cost) => run(other, cost, shorter)));
      await Promise.all([5, 5].map((cost) => run(one, cost)));
      expect(mostInAnyWindow(dispatches, 150)).toBeLessThanOrEqual(10);
      const withoutShorter = dispatches.filter((_, index) => index < 5 || index >= 9);
      expect(mostInAnyWindow(withoutShorter, 600)).toBeLessThanOrEqual(18);
    });

    test('many keys that ask at once get each their own answer', async () => {
      const [limiter] = limiters(2);
      const keys = Array.from({ length: 30 }, (_, index) => ({
        name: `key ${index}`,
        limit: (index % 4) + 1,
      }));
      const rounds = [1, 2, 3, 4, 5];
      const granted = keys.map(async ({ name, limit }) => {
        const limits = [{ limit, intervalMs: 60_000 }];
        const calls = rounds.map(() =>
          limiter
            .run(name, async () => 1, { limits, maxWaitMs: 0 })
            .catch((error: unknown) => {
              expect(error).toBeInstanceOf(RateLimitError);
              return 0;
            }),
        );
        return (await Promise.all(calls)).reduce<number>((sum, one) => sum + one, 0);
      });
      expect(await Promise.all(granted)).toEqual(keys.map(({ limit }) => limit));
    });

    test('a key that holds something else fails its own calls, and no others', async () => {
      const [limiter] = limiters(2);
      await admin.set(`${prefix}{taken}:state`, 'not of the limiter');
      const keys = ['one', 'taken', 'other'];
      const outcomes = await Promise.allSettled(keys.map((key) => limiter.run(key, async () => key)));
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      const [, refused] = outcomes;
      const reason: unknown = refused?.status === 'rejected' ? refused.reason : undefined;
      expect(reason).toBeInstanceOf(StoreError);
      expect(String(reason)).toMatch(/: The rate limiter's Redis failed \(\w+\)\.$/);
      expect(await limiter.run('one', async () => 'goes on')).toBe('goes on');
    });

    test('one with a long queue leaves its turn to one with a short queue', async () => {
      const [busy, quiet] = limiters(2, { limits: [{ limit: 4, intervalMs: 100 }] });
      const { names, dispatch } = recorder();
      const long = Array.from({ length: 60 }, (_, call) => busy.run('key', dispatch(`busy ${call}`)));
      await long[3];
      await Promise.all(Array.from({ length: 10 }, () => quiet.run('key', dispatch('quiet'))));
      const before = names().slice(0, names().lastIndexOf('quiet'));
      expect(before.filter((name) => name.startsWith('busy')).length).toBeLessThan(30);
      await Promise.all(long);
    });

    test('a pause by one holds all back, and reaches calls that are queued already', async () => {
      const [one, other] = limiters(2);
      const { starts, dispatch } = recorder();
      const first = Array.from({ length: 5 }, () => other.run('key', dispatch('before')));
      await Promise.all(first);
      const queued = other.run('key', dispatch('queued'));
      const begin = performance.now();
      await one.pause('key', 500);
      await one.pause('key', 10);
      const resumed = begin + 500;
      const after = one.run('key', async () => performance.now());
      const noLimits = other.run('key', async () => performance.now(), { limits: [] });
      expect(await after).toBeGreaterThanOrEqual(resumed);
      expect(await noLimits).toBeGreaterThanOrEqual(resumed);
      await queued;
      expect(starts).toHaveLength(6);
      await expect(one.pause('key', Number.NaN)).rejects.toBeInstanceOf(ConfigurationError);
    });

    test('maxWaitMs 0 is refused at once with the time after which it works', async () => {
      const [one, other] = limiters(2);
      const { dispatch } = recorder();
      const attempt = (limiter: RateLimiter): Promise<string> =>
        limiter.run('key', dispatch('a'), { maxWaitMs: 0 });
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => attempt(one)));
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual([
        ...Array.from({ length: 5 }, () => 'fulfilled'),
        ...Array.from({ length: 3 }, () => 'rejected'),
      ]);
      const refusal = await failure(attempt(other));
      if (!(refusal instanceof RateLimitError)) return expect.fail(String(refusal));
      expect(refusal.retryAfterMs).toBeGreaterThan(INTERVAL_MS / 2);
      await wait(refusal.retryAfterMs);
      await expect(attempt(other)).resolves.toBe('a');
    });

    test('maxWaitMs that does not suffice rejects, and leaves the queue to the others', async () => {
      const [limiter] = limiters(1);
      const { names, dispatch } = recorder();
      await Promise.all(Array.from({ length: 5 }, () => limiter.run('key', dispatch('first'))));
      const patient = limiter.run('key', dispatch('patient'));
      const late = await failure(limiter.run('key', dispatch('late'), { maxWaitMs: 20 }));
      expect(late).toBeInstanceOf(RateLimitError);
      await limiter.pause('key', 300);
      expect(await failure(limiter.run('key', dispatch('late'), { maxWaitMs: 100 }))).toBeInstanceOf(
        RateLimitError,
      );
      await patient;
      expect(names()).toEqual([...Array.from({ length: 5 }, () => 'first'), 'patient']);
    });

    test('an abort takes a call out of the queue, with its reason, and its permit goes to the next', async () => {
      const [limiter] = limiters(1);
      const { names, dispatch } = recorder();
      const aborter = new AbortController();
      await limiter.run('key', dispatch('first'), { cost: 3 });
      const costly = failure(limiter.run('key', dispatch('no'), { cost: 5, signal: aborter.signal }));
      const next = limiter.run('key', dispatch('next'), { cost: 2 });
      await wait(20);
      expect(names()).toEqual(['first']);
      aborter.abort('enough');
      expect(await costly).toBe('enough');
      await next;
      expect(await failure(limiter.run('key', dispatch('no'), { signal: aborter.signal }))).toBe('enough');
      expect(names()).toEqual(['first', 'next']);
    });

    test('what dispatch does is what run does, and it uses its permit', async () => {
      const [limiter] = limiters(1, { limits: [{ limit: 2, intervalMs: 60_000 }] });
      await expect(limiter.run('key', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
      const fail = (): Promise<never> => {
        throw new Error('synchronous');
      };
      await expect(limiter.run('key', fail)).rejects.toThrow('synchronous');
      expect(await failure(limiter.run('key', fail, { maxWaitMs: 0 }))).toBeInstanceOf(RateLimitError);
    });

    test('the keys of one limiter key lie in one slot, expire, and stay small', async () => {
      const [limiter] = limiters(1, { limits: [{ limit: 50, intervalMs: 100 }] });
      const own = prefix;
      const { dispatch } = recorder();
      const odd = ['', '}', '{', '{}{', 'a%7Bb', 'a{b', 'ticktick/user 1'];
      await Promise.all(odd.map((key) => limiter.run(key, dispatch('a'))));
      await Promise.all(Array.from({ length: 400 }, () => limiter.run('busy', dispatch('a'))));
      const names = await admin.keys(`${own}*`);
      expect(names).toHaveLength(2 * (odd.length + 1));
      const slots = names.map((name) => /\{([^}]+)\}/.exec(name)?.[1]);
      expect(slots).not.toContain(undefined);
      for (const name of names.filter((each) => each.endsWith(':log'))) {
        expect(slots[names.indexOf(name)]).toBe(slots[names.indexOf(name.replace(/:log$/, ':state'))]);
        expect(await admin.zcard(name)).toBeLessThanOrEqual(50);
      }
      for (const name of names) {
        const ttl = await admin.pttl(name);
        expect(ttl).toBeGreaterThan(0);
        expect(ttl).toBeLessThan(10_000);
      }
    });

    test('where Redis lost its data, everything waits until what it forgot can no longer count', async () => {
      const limits = [{ limit: 5, intervalMs: 800 }];
      const [one, other] = limiters(2, { limits });
      const own = prefix;
      const starts: { at: number; cost: number }[] = [];
      const run = (limiter: RateLimiter): Promise<void> =>
        limiter.run('key', async () => void starts.push({ at: performance.now(), cost: 1 }));
      await Promise.all([run(one), run(one), run(one), run(other), run(other)]);
      await admin.del(`${own}{key}:log`, `${own}{key}:state`);
      await Promise.all([run(one), run(other), run(other)]);
      expect(mostInAnyWindow(starts, 800)).toBeLessThanOrEqual(5);
    });
  });

describe.skipIf(!redis.isThere)(`a slow Redis${redis.note}`, () => {
  let client: Redis;
  let prefix = '';
  beforeEach(() => {
    client = new Redis(REDIS_URL);
    prefix = `${uniqueName()}:`;
  });
  afterEach(async () => {
    await deleteKeys(prefix);
    client.disconnect();
  });

  /** The first answer comes late: when `until` has come. */
  function slow(until: () => Promise<unknown>): IoRedisClient {
    let isFirst = true;
    const later = async (answer: Promise<unknown>): Promise<unknown> => {
      if (!isFirst) return answer;
      isFirst = false;
      await until();
      return answer;
    };
    return delayedClient(client, later);
  }

  test('a grant that comes too late is not used, but given back', async () => {
    const limits = [{ limit: 3, intervalMs: 60_000 }];
    await client.eval('return 1', 0);
    const limiter = redisRateLimiter(
      slow(() => wait(3100)),
      { prefix, limits, timeoutMs: 10_000 },
    );
    let dispatched = 0;
    const call = (): Promise<number> => limiter.run('key', async () => ++dispatched);
    expect(await Promise.all([call(), call(), call()])).toEqual([1, 2, 3]);
  });

  test('an answer after the timeout is no permit either, and its units are free again', async () => {
    const limits = [{ limit: 1, intervalMs: 60_000 }];
    const answer = Promise.withResolvers<void>();
    const limiter = redisRateLimiter(
      slow(() => answer.promise),
      { prefix, limits, timeoutMs: 50 },
    );
    const { names, dispatch } = recorder();
    expect(await failure(limiter.run('key', dispatch('too late')))).toMatchObject({
      reason: 'unavailable',
      message: "The rate limiter's Redis did not answer within 50 ms.",
    });
    answer.resolve();
    await vi.waitFor(() => limiter.run('key', dispatch('next')));
    expect(names()).toEqual(['next']);
  });
});

describe('without Redis', () => {
  const clients: Redis[] = [];
  afterAll(() => clients.forEach((client) => client.disconnect()));

  function nowhere(options: RedisRateLimiterOptions = {}): RateLimiter {
    const client = new Redis('redis://127.0.0.1:1', { maxRetriesPerRequest: 0, retryStrategy: () => 50 });
    client.on('error', () => undefined);
    clients.push(client);
    return redisRateLimiter(client, { limits: FIVE, ...options });
  }

  test('calls fail with a typed error that names no key, and a pause does not', async () => {
    const limiter = nowhere();
    const { names, dispatch } = recorder();
    await limiter.pause('secret key', 50);
    const calls = [limiter.run('secret key', dispatch('a')), limiter.run('secret key', dispatch('b'))];
    for (const error of await Promise.all(calls.map(failure))) {
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ reason: 'unavailable', retryable: true });
      expect(String(error)).not.toContain('secret');
    }
    expect(names()).toEqual([]);
  });

  test('a local share goes on, by the same rules, with its part of every limit', async () => {
    const limiter = nowhere({ whenAway: 'local', share: 0.5, limits: [{ limit: 8, intervalMs: 150 }] });
    const starts: { at: number; cost: number }[] = [];
    const run = (cost: number): Promise<void> =>
      limiter.run('key', async () => void starts.push({ at: performance.now(), cost }), { cost });
    await Promise.all([1, 2, 1, 3, 1, 1, 4, 1].map(run));
    expect(starts.map(({ cost }) => cost)).toEqual([1, 2, 1, 3, 1, 1, 4, 1]);
    expect(mostInAnyWindow(starts, 150)).toBeLessThanOrEqual(4);
    expect(await failure(run(5))).toBeInstanceOf(StoreError);
    const refused = limiter.run('key', async () => 'no', { maxWaitMs: 0, cost: 4 });
    expect(await failure(refused)).toBeInstanceOf(RateLimitError);
  });
});

test('options that can never be right are refused', async () => {
  const client = new Redis({ lazyConnect: true });
  const wrong: RedisRateLimiterOptions[] = [
    { prefix: 'a{b' },
    { timeoutMs: 0 },
    { timeoutMs: Number.POSITIVE_INFINITY },
    { whenAway: 'local' },
    { whenAway: 'local', share: 0 },
    { whenAway: 'local', share: 1.5 },
    { share: 0.5 },
    { limits: [{ limit: 0, intervalMs: 1 }] },
  ];
  for (const options of wrong) expect(() => redisRateLimiter(client, options)).toThrow(ConfigurationError);
  const limiter = redisRateLimiter(client, { limits: FIVE });
  for (const options of [
    { cost: 6 },
    { cost: 0 },
    { maxWaitMs: -1 },
    { limits: [{ limit: 1, intervalMs: 0 }] },
  ])
    expect(await failure(limiter.run('key', async () => 1, options))).toBeInstanceOf(ConfigurationError);
});

test('nor are those that only JavaScript lets through, each by its name', async () => {
  const client = new Redis({ lazyConnect: true });
  const make = (options: object, of: unknown = client): RateLimiter => redisRateLimiter(of as Redis, options);
  expect(() => make({ prefix: 5 })).toThrow('prefix');
  expect(() => make({ timeoutMs: '5' })).toThrow('timeoutMs');
  expect(() => make({ whenAway: 'locale' })).toThrow('whenAway');
  expect(() => make({ limits: {} })).toThrow('limits');
  for (const wrong of [undefined, {}, 'redis://127.0.0.1'])
    expect(() => make({}, wrong ?? null)).toThrow('The client has to be one of ioredis or of redis.');
  const limiter = make({ limits: FIVE });
  for (const key of [undefined, 7])
    expect(await failure(limiter.run(key as never, async () => 1))).toMatchObject({
      code: 'configuration',
      message: 'The key of a rate limiter has to be text.',
    });
  const late = limiter.run('key', async () => 1, { maxWaitMs: '5' as never });
  expect(await failure(late)).toMatchObject({ message: expect.stringContaining('maxWaitMs') });
});
