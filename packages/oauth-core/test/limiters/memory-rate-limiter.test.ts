import { ConfigurationError, memoryRateLimiter, RateLimitError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { recorder } from './recorder.ts';

const TWO_PER_SECOND = [{ limit: 2, intervalMs: 1000 }];
/** An interval of 1000 ms with its margin. */
const SPAN_MS = 1001;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function retryAfterOf(promise: Promise<unknown>): Promise<number> {
  const error = await failure(promise);
  if (!(error instanceof RateLimitError)) return expect.fail(`not a RateLimitError: ${String(error)}`);
  return error.retryAfterMs;
}

describe('dispatch', () => {
  test('happens in the same turn when a permit is free, with its result or its failure', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { starts, dispatch } = recorder();
    const call = limiter.run('key', dispatch('a'));
    expect(starts).toHaveLength(1);
    await expect(call).resolves.toBe('a');
    await expect(limiter.run('key', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that is answered late does not hold back the permits of those that were answered at once', async () => {
    const limiter = memoryRateLimiter({ limits: [{ limit: 2, intervalMs: 1000 }] });
    const { starts, dispatch } = recorder();
    const slow = limiter.run('key', () => new Promise((resolve) => setTimeout(resolve, 500)));
    const all = [slow, ...['a', 'b', 'c'].map((name) => limiter.run('key', dispatch(name)))];
    await vi.runAllTimersAsync();
    await Promise.all(all);
    // The slow one counts from its grace on, which is 5 % of the interval.
    expect(starts.map(({ at }) => at)).toEqual([0, SPAN_MS, SPAN_MS + 50]);
  });

  test('that throws becomes a rejection, at once and from the queue, and uses its permit', async () => {
    const limiter = memoryRateLimiter({ limits: [{ limit: 1, intervalMs: 1000 }] });
    const { starts, dispatch } = recorder();
    const fail = (): Promise<never> => {
      throw new Error('synchronous');
    };
    await expect(limiter.run('key', fail)).rejects.toThrow('synchronous');
    const queued = failure(limiter.run('key', fail));
    const last = limiter.run('key', dispatch('last'));
    await vi.runAllTimersAsync();
    expect(await queued).toHaveProperty('message', 'synchronous');
    await last;
    expect(starts).toEqual([{ name: 'last', at: 2 * SPAN_MS }]);
  });

  test('may run further calls of its own key', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { dispatch, names } = recorder();
    await Promise.all([limiter.run('key', dispatch('a')), limiter.run('key', dispatch('b'))]);
    const nested: Promise<string>[] = [];
    const outer = limiter.run('key', async () => {
      nested.push(limiter.run('key', dispatch('nested 1')), limiter.run('key', dispatch('nested 2')));
    });
    const next = limiter.run('key', dispatch('next'));
    await vi.runAllTimersAsync();
    await Promise.all([outer, next, ...nested]);
    expect(names()).toEqual(['a', 'b', 'next', 'nested 1', 'nested 2']);
  });

  test('is free without limits, and keys do not share them', async () => {
    const free = memoryRateLimiter();
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { starts, dispatch } = recorder();
    for (let call = 0; call < 1000; call++) void free.run('key', dispatch('free'));
    for (const key of ['one', 'one', 'two', 'two']) void limiter.run(key, dispatch(key));
    expect(starts).toHaveLength(1004);
  });
});

describe('limits', () => {
  test('those of the call replace those of the constructor', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { starts, dispatch } = recorder();
    const limits = [{ limit: 1, intervalMs: 500 }];
    void limiter.run('key', dispatch('a'), { limits });
    void limiter.run('key', dispatch('b'), { limits });
    await vi.runAllTimersAsync();
    expect(starts.map(({ at }) => at)).toEqual([0, 501]);
  });

  test('a call counts in every limit of its key, whatever limits it brought', async () => {
    const limiter = memoryRateLimiter();
    const { starts, dispatch } = recorder();
    const minute = [{ limit: 2, intervalMs: 60_000 }];
    void limiter.run('key', dispatch('a'), { limits: TWO_PER_SECOND });
    void limiter.run('key', dispatch('b'), { limits: minute });
    void limiter.run('key', dispatch('c'), { limits: [{ limit: 2, intervalMs: 1000 }] });
    await vi.runAllTimersAsync();
    void limiter.run('key', dispatch('d'), { limits: minute });
    await vi.runAllTimersAsync();
    expect(starts.map(({ at }) => at)).toEqual([0, 0, SPAN_MS, 60_001]);
  });

  test('100 in 60 s and 300 in 300 s hold at once', async () => {
    const limits = [
      { limit: 100, intervalMs: 60_000 },
      { limit: 300, intervalMs: 300_000 },
    ];
    const limiter = memoryRateLimiter({ limits });
    const { starts, dispatch } = recorder();
    for (let call = 0; call < 401; call++) void limiter.run('key', dispatch(String(call)));
    await vi.runAllTimersAsync();
    const at = [0, 99, 100, 200, 299, 300, 399, 400].map((call) => starts[call]?.at);
    expect(at).toEqual([0, 0, 60_001, 120_002, 120_002, 300_001, 300_001, 360_002]);
  });

  test('a costly call waits for all its units, and the cheap one behind it does not overtake', async () => {
    const limiter = memoryRateLimiter({ limits: [{ limit: 10, intervalMs: 1000 }] });
    const { starts, dispatch } = recorder();
    void limiter.run('key', dispatch('6'), { cost: 6 });
    await vi.advanceTimersByTimeAsync(100);
    void limiter.run('key', dispatch('3'), { cost: 3 });
    void limiter.run('key', dispatch('8'), { cost: 8 });
    void limiter.run('key', dispatch('1'), { cost: 1 });
    await vi.runAllTimersAsync();
    expect(starts).toEqual([
      { name: '6', at: 0 },
      { name: '3', at: 100 },
      { name: '8', at: 100 + SPAN_MS },
      { name: '1', at: 100 + SPAN_MS },
    ]);
  });

  test('what can never be right is refused', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { starts, dispatch } = recorder();
    for (const options of [{ cost: 3 }, { cost: 0 }, { cost: 0.5 }, { cost: Number.NaN }, { maxWaitMs: -1 }])
      expect(await failure(limiter.run('key', dispatch('a'), options))).toBeInstanceOf(ConfigurationError);
    const limits = [{ limit: 0, intervalMs: 1000 }];
    expect(await failure(limiter.run('key', dispatch('a'), { limits }))).toBeInstanceOf(ConfigurationError);
    expect(() => memoryRateLimiter({ limits: [{ limit: 1, intervalMs: 0 }] })).toThrow(ConfigurationError);
    expect(await failure(limiter.pause('key', Number.NaN))).toBeInstanceOf(ConfigurationError);
    expect(starts).toEqual([]);
  });
});

describe('pause', () => {
  test('holds back new and queued calls, also without limits', async () => {
    const limiter = memoryRateLimiter();
    const { starts, dispatch } = recorder();
    await limiter.pause('key', 5000);
    void limiter.run('key', dispatch('a'));
    await vi.advanceTimersByTimeAsync(4999);
    expect(starts).toEqual([]);
    void limiter.run('key', dispatch('b'));
    await vi.advanceTimersByTimeAsync(1);
    expect(starts.map(({ at }) => at)).toEqual([5000, 5000]);
  });

  test('reaches calls that are queued already', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { starts, dispatch } = recorder();
    for (const name of ['a', 'b', 'c', 'd', 'e']) void limiter.run('key', dispatch(name));
    await vi.advanceTimersByTimeAsync(500);
    await limiter.pause('key', 3000);
    await vi.runAllTimersAsync();
    expect(starts.map(({ at }) => at)).toEqual([0, 0, 3500, 3500, 3500 + SPAN_MS]);
  });

  test('is only ever extended', async () => {
    const limiter = memoryRateLimiter();
    const { starts, dispatch } = recorder();
    await limiter.pause('key', 5000);
    await limiter.pause('key', 1000);
    await limiter.pause('other', 50);
    void limiter.run('key', dispatch('a'));
    await vi.runAllTimersAsync();
    expect(starts.map(({ at }) => at)).toEqual([5000]);
  });

  test('of months works, although timers end after 24 days', async () => {
    const limiter = memoryRateLimiter();
    const { starts, dispatch } = recorder();
    const days100 = 100 * 86_400_000;
    await limiter.pause('key', days100);
    void limiter.run('key', dispatch('a'));
    await vi.runAllTimersAsync();
    expect(starts.map(({ at }) => at)).toEqual([days100]);
  });

  test('by a dispatch stops the calls behind it', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { starts, dispatch } = recorder();
    void limiter.run('key', dispatch('a'));
    void limiter.run('key', dispatch('b'));
    void limiter.run('key', async () => limiter.pause('key', 10_000));
    void limiter.run('key', dispatch('c'));
    await vi.runAllTimersAsync();
    expect(starts.map(({ at }) => at)).toEqual([0, 0, SPAN_MS + 10_000]);
  });
});

describe('abort', () => {
  test('takes a queued call out, rejects with the reason, and leaves the permit to the next', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { starts, dispatch } = recorder();
    const aborter = new AbortController();
    void limiter.run('key', dispatch('a'));
    void limiter.run('key', dispatch('b'));
    const aborted = failure(limiter.run('key', dispatch('aborted'), { signal: aborter.signal }));
    void limiter.run('key', dispatch('c'));
    void limiter.run('key', dispatch('d'));
    await vi.advanceTimersByTimeAsync(10);
    aborter.abort('enough');
    expect(await aborted).toBe('enough');
    await vi.runAllTimersAsync();
    expect(starts.slice(2)).toEqual([
      { name: 'c', at: SPAN_MS },
      { name: 'd', at: SPAN_MS },
    ]);
  });

  test('of a costly first call lets the next one go at once', async () => {
    const limiter = memoryRateLimiter({ limits: [{ limit: 10, intervalMs: 1000 }] });
    const { starts, dispatch } = recorder();
    const aborter = new AbortController();
    void limiter.run('key', dispatch('a'), { cost: 5 });
    const aborted = failure(limiter.run('key', dispatch('b'), { cost: 10, signal: aborter.signal }));
    void limiter.run('key', dispatch('c'), { cost: 5 });
    aborter.abort(new Error('gone'));
    expect(await aborted).toHaveProperty('message', 'gone');
    expect(starts.map(({ name, at }) => [name, at])).toEqual([
      ['a', 0],
      ['c', 0],
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('before the call uses no permit, and after the dispatch changes nothing', async () => {
    const limiter = memoryRateLimiter({ limits: [{ limit: 1, intervalMs: 1000 }] });
    const { starts, dispatch } = recorder();
    const reason = new Error('no');
    const early = limiter.run('key', dispatch('early'), { signal: AbortSignal.abort(reason) });
    expect(await failure(early)).toBe(reason);
    const aborter = new AbortController();
    const running = limiter.run('key', dispatch('a'), { signal: aborter.signal });
    aborter.abort();
    await expect(running).resolves.toBe('a');
    expect(starts).toEqual([{ name: 'a', at: 0 }]);
  });

  test('leaves no listeners on a signal that outlives the calls', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { dispatch } = recorder();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const calls = Array.from({ length: 10 }, () => limiter.run('key', dispatch('a'), { signal }));
    await vi.runAllTimersAsync();
    await Promise.all(calls);
    expect(added).toHaveBeenCalledTimes(8);
    expect(removed).toHaveBeenCalledTimes(8);
  });

  test('by a dispatch of calls behind it is seen by the loop that drains', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { dispatch, names } = recorder();
    const aborter = new AbortController();
    await Promise.all([limiter.run('key', dispatch('a')), limiter.run('key', dispatch('b'))]);
    void limiter.run('key', async () => aborter.abort('stop'));
    const aborted = Array.from({ length: 3 }, () =>
      failure(limiter.run('key', dispatch('never'), { signal: aborter.signal })),
    );
    void limiter.run('key', dispatch('c'));
    await vi.runAllTimersAsync();
    expect(await Promise.all(aborted)).toEqual(['stop', 'stop', 'stop']);
    expect(names()).toEqual(['a', 'b', 'c']);
  });
});

describe('maxWaitMs', () => {
  test('0 is refused at once with the time after which it works, not earlier', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { dispatch } = recorder();
    const attempt = (): Promise<string> => limiter.run('key', dispatch('a'), { maxWaitMs: 0 });
    await attempt();
    await vi.advanceTimersByTimeAsync(300);
    await attempt();
    const retryAfterMs = await retryAfterOf(attempt());
    expect(retryAfterMs).toBe(SPAN_MS - 300);
    await vi.advanceTimersByTimeAsync(retryAfterMs - 1);
    expect(await retryAfterOf(attempt())).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await expect(attempt()).resolves.toBe('a');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('0 counts the queue and the pause into retryAfterMs', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { starts, dispatch } = recorder();
    for (let call = 0; call < 7; call++) void limiter.run('key', dispatch(String(call)));
    await vi.advanceTimersByTimeAsync(0);
    expect(await retryAfterOf(limiter.run('key', dispatch('x'), { maxWaitMs: 0 }))).toBe(3 * SPAN_MS);
    await limiter.pause('key', 10_000);
    expect(await retryAfterOf(limiter.run('key', dispatch('x'), { maxWaitMs: 0 }))).toBe(
      10_000 + 2 * SPAN_MS,
    );
    await vi.runAllTimersAsync();
    expect(starts.at(-1)).toEqual({ name: '6', at: 10_000 + 2 * SPAN_MS });
  });

  test('is refused at once where even an empty queue would take longer', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { dispatch } = recorder();
    await limiter.run('key', dispatch('a'), { cost: 2 });
    const retryAfterMs = await retryAfterOf(limiter.run('key', dispatch('b'), { maxWaitMs: SPAN_MS - 1 }));
    expect(retryAfterMs).toBe(SPAN_MS);
    const inTime = limiter.run('key', dispatch('c'), { maxWaitMs: SPAN_MS });
    await vi.runAllTimersAsync();
    await expect(inTime).resolves.toBe('c');
  });

  test('rejects when it elapses behind a queue that might have dissolved', async () => {
    const limiter = memoryRateLimiter({ limits: [{ limit: 2, intervalMs: 1000 }] });
    const { names, dispatch } = recorder();
    void limiter.run('key', dispatch('a'));
    await vi.advanceTimersByTimeAsync(1000);
    void limiter.run('key', dispatch('b'));
    void limiter.run('key', dispatch('c'), { cost: 2 });
    const settled = vi.fn<(reason: unknown) => void>();
    const late = limiter.run('key', dispatch('late'), { maxWaitMs: 500 });
    late.catch(settled);
    await vi.advanceTimersByTimeAsync(499);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveBeenCalledOnce();
    expect(await retryAfterOf(late)).toBeGreaterThan(0);
    await vi.runAllTimersAsync();
    expect(names()).toEqual(['a', 'b', 'c']);
  });

  test('a call whose queue dissolves in time still starts', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { dispatch } = recorder();
    const aborter = new AbortController();
    void limiter.run('key', dispatch('a'));
    failure(limiter.run('key', dispatch('costly'), { cost: 2, signal: aborter.signal })).catch(
      () => undefined,
    );
    const call = limiter.run('key', dispatch('b'), { maxWaitMs: 500 });
    await vi.advanceTimersByTimeAsync(400);
    aborter.abort();
    await expect(call).resolves.toBe('b');
  });

  test('a pause that is longer rejects queued calls as soon as it begins', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { starts, dispatch } = recorder();
    void limiter.run('key', dispatch('a'), { cost: 2 });
    const impatient = limiter.run('key', dispatch('b'), { maxWaitMs: 5000 });
    const patient = limiter.run('key', dispatch('c'), { maxWaitMs: 50_000 });
    await limiter.pause('key', 20_000);
    expect(await retryAfterOf(impatient)).toBeGreaterThanOrEqual(20_000);
    await vi.runAllTimersAsync();
    await expect(patient).resolves.toBe('c');
    expect(starts.map(({ at }) => at)).toEqual([0, 20_000]);
  });

  test('calls that others overtook for good are rejected when that is certain', async () => {
    const limiter = memoryRateLimiter({ limits: TWO_PER_SECOND });
    const { dispatch, names } = recorder();
    await limiter.pause('key', 100);
    const calls = ['a', 'b', 'c'].map((name) => limiter.run('key', dispatch(name), { maxWaitMs: 1000 }));
    const last = retryAfterOf(calls[2] ?? Promise.resolve());
    await vi.advanceTimersByTimeAsync(100);
    expect(await last).toBeGreaterThanOrEqual(SPAN_MS);
    expect(names()).toEqual(['a', 'b']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('17: a call that is late because of one that an abort let go holds nobody back', async () => {
  const limiter = memoryRateLimiter({ limits: [{ limit: 8, intervalMs: 60_000 }] });
  const { dispatch, names } = recorder();
  const aborter = new AbortController();
  void limiter.run('key', dispatch('a'), { cost: 2 });
  const aborted = failure(limiter.run('key', dispatch('x'), { cost: 7, signal: aborter.signal }));
  void limiter.run('key', dispatch('b'), { cost: 2 });
  const late = failure(limiter.run('key', dispatch('late'), { cost: 5, maxWaitMs: 3000 }));
  void limiter.run('key', dispatch('c'), { cost: 2 });
  aborter.abort();
  await aborted;
  expect(await late).toBeInstanceOf(RateLimitError);
  expect(names()).toEqual(['a', 'b', 'c']);
});

test('10,000 queued calls have one timer, and drain in order with few looks at the clock', async () => {
  const limiter = memoryRateLimiter({ limits: [{ limit: 100, intervalMs: 1000 }] });
  const { names, dispatch } = recorder();
  const { signal } = new AbortController();
  const now = vi.spyOn(performance, 'now');
  const calls = Array.from({ length: 10_000 }, (_, index) =>
    limiter.run('key', dispatch(String(index)), { signal }),
  );
  expect(vi.getTimerCount()).toBe(1);
  await vi.runAllTimersAsync();
  await Promise.all(calls);
  expect(names()).toEqual(Array.from({ length: 10_000 }, (_, index) => String(index)));
  expect(now.mock.calls.length).toBeLessThan(100_000);
  expect(vi.getTimerCount()).toBe(0);
});

describe('a request counts from its answer, since it arrives at some time before', () => {
  const takes = (ms: number) => (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  test('the next one waits an interval from there', async () => {
    const limiter = memoryRateLimiter({ limits: [{ limit: 1, intervalMs: 1000 }] });
    const { starts, dispatch } = recorder();
    void limiter.run('key', takes(30));
    void limiter.run('key', dispatch('next'));
    await vi.runAllTimersAsync();
    expect(starts).toEqual([{ name: 'next', at: 30 + SPAN_MS }]);
  });

  test('one that takes long, or for ever, holds its permit no longer than the grace', async () => {
    for (const slow of [takes(60_000), () => new Promise<void>(() => undefined)]) {
      const limiter = memoryRateLimiter({ limits: [{ limit: 1, intervalMs: 1000 }] });
      const { starts, dispatch } = recorder();
      void limiter.run('key', slow);
      void limiter.run('key', dispatch('next'));
      await vi.runAllTimersAsync();
      expect(starts).toEqual([{ name: 'next', at: 50 + SPAN_MS }]);
    }
  });

  test('so does one that fails, without a rejection that nobody handles', async () => {
    const limiter = memoryRateLimiter({ limits: [{ limit: 1, intervalMs: 1000 }] });
    const { starts, dispatch } = recorder();
    const failing = limiter.run('key', async () => {
      await takes(20)();
      throw new Error('failed');
    });
    const next = limiter.run('key', dispatch('next'));
    await Promise.all([expect(failing).rejects.toThrow('failed'), vi.runAllTimersAsync(), next]);
    expect(starts).toEqual([{ name: 'next', at: 20 + SPAN_MS }]);
  });
});
