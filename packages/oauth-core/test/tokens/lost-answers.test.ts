import { memoryStore, type RecordStore, type TokenManager } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faultyStore } from '../stores/faulty-store.ts';
import { ANSWERS, expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';

const { refused, unavailable, gatewayTimeout, unreadable, lost, notSent, never } = ANSWERS;
/** Longer than any pause behind failures, shorter than a new token lives. */
const PAUSE_MS = 60_000;

let provider: RotatingProvider;
let store: RecordStore;
beforeEach(async () => {
  vi.useFakeTimers();
  // Long enough for all the tries that a refresh has.
  provider = new RotatingProvider({ leaseTtlMs: 15_000 });
  store = memoryStore();
  await provider.processOver(store).save(expiredTokens());
});
afterEach(() => void vi.useRealTimers());

/** What a process gets once the pauses of earlier failures, and leases of dead processes, are over. */
async function failsWith(manager: TokenManager = provider.processOver(store)): Promise<unknown> {
  const outcome = failure(manager.getAccessToken());
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  return await outcome;
}

/** A process that redeems the refresh token and dies before it can store what it got. */
async function killedAfterTheAnswer(): Promise<void> {
  let writes = 0;
  const change: Partial<RecordStore> = {
    compareAndSet: async (...write) => {
      writes += 1;
      return writes === 1 ? await store.compareAndSet(...write) : await new Promise(() => undefined);
    },
  };
  void provider.processOver(store, { change }).getAccessToken();
  await vi.advanceTimersByTimeAsync(100);
  expect(writes).toBe(2);
}

describe('I-12, I-24: that a refresh token may be spent outlives the refresh that lost it', () => {
  for (const [name, answers] of Object.entries({
    'its answer was lost, and lost again': [lost, lost],
    'its answer was lost, and then the provider was away': [lost, unavailable, unavailable],
    'a gateway gave up on it': [gatewayTimeout, gatewayTimeout, gatewayTimeout],
    'its answer said nothing': [unreadable],
  }))
    test(name, async () => {
      provider.plan(...answers);
      expect(await failsWith()).toMatchObject({ retryable: expect.any(Boolean) });
      expect(provider.redeemed).toHaveLength(answers.length);
      provider.plan(refused);
      expect(await failsWith()).toMatchObject({ reason: 'refresh-lost' });
    });

  test('its answer was lost and left for later', async () => {
    provider.plan(lost);
    await failsWith(provider.processOver(store, { ambiguousRefresh: 'defer' }));
    expect(provider.redeemed).toHaveLength(1);
    provider.plan(refused);
    expect(await failsWith()).toMatchObject({ reason: 'refresh-lost' });
  });

  for (const status of [500, 502, 504])
    test(`a ${status} came, which is left for later`, async () => {
      provider.plan(() => new Response('', { status }));
      await failsWith(provider.processOver(store, { ambiguousRefresh: 'defer' }));
      expect(provider.redeemed).toHaveLength(1);
      provider.plan(refused);
      expect(await failsWith()).toMatchObject({ reason: 'refresh-lost' });
    });

  test('it was given up with its lease, which nobody else wanted', async () => {
    provider.plan(never);
    const slow = provider.processOver(store, { refreshTimeoutMs: 1_000 });
    const outcome = failure(slow.getAccessToken());
    // A process that was stopped: its lease is over before its timer looks at the request.
    await vi.advanceTimersByTimeAsync(100);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + provider.leaseTtlMs);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    vi.mocked(performance.now).mockRestore();
    expect(await outcome).toMatchObject({ retryable: true });
    provider.plan(refused);
    expect(await failsWith()).toMatchObject({ reason: 'refresh-lost' });
  });

  for (const [name, answers] of Object.entries({
    'could not reach the provider': [notSent, notSent, notSent],
    'found the provider away': [unavailable, unavailable, unavailable],
  }))
    test(`its process died, and the next one ${name}`, async () => {
      await killedAfterTheAnswer();
      provider.plan(...answers);
      expect(await failsWith()).toMatchObject({ retryable: true });
      provider.plan(refused);
      expect(await failsWith()).toMatchObject({ reason: 'refresh-lost' });
    });

  test('its answer was lost, its note was lost too, and the next one could not reach the provider', async () => {
    const failing = faultyStore(store);
    provider.plan(lost, async () => {
      failing.plan('compareAndSet', 'before', 'before', 'before', 'before', 'before');
      return await lost(undefined);
    });
    await failsWith(provider.processOver(failing));
    provider.plan(notSent, notSent, notSent);
    await failsWith();
    provider.plan(refused);
    expect(await failsWith()).toMatchObject({ reason: 'refresh-lost' });
  });
});

test('I-12: a request that was never sent is sent again after a pause', async () => {
  provider.plan(notSent, notSent);
  const token = provider.processOver(store).getAccessToken();
  await vi.advanceTimersByTimeAsync(100);
  expect(provider.redeemed).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await token).toBe('access-3');
  expect(provider.redeemed).toEqual(['refresh-0', 'refresh-0', 'refresh-0']);
});

test.each([429, 503])('I-12: a %i is asked again when it said, not sooner', async (status) => {
  provider.plan(() => new Response('', { status, headers: { 'retry-after': '3' } }));
  const token = provider.processOver(store).getAccessToken();
  await vi.advanceTimersByTimeAsync(2_900);
  expect(provider.redeemed).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(await token).toBe('access-2');
});

test.each(['invalid_client', 'unauthorized_client', 'invalid_grant'])(
  'I-12: %s is not asked again',
  async (error) => {
    provider.plan(() => Response.json({ error }, { status: 400 }));
    expect(await failsWith()).toMatchObject({ retryable: false });
    expect(provider.redeemed).toHaveLength(1);
  },
);

test('I-24: once a refresh has succeeded, an earlier loss explains nothing any more', async () => {
  provider.plan(lost, lost);
  await failsWith();
  expect(await provider.processOver(store).getAccessToken()).toBe('access-3');
  vi.setSystemTime(Date.now() + 2 * 3_600_000);
  provider.plan(refused);
  expect(await failsWith()).toMatchObject({ reason: 'revoked' });
});

for (const [name, answer] of Object.entries({ 'was never sent': notSent, 'was turned away': unavailable }))
  test(`I-24: a refresh that ${name} has lost nothing: what is refused later was revoked`, async () => {
    provider.plan(answer, answer, answer);
    await failsWith();
    provider.plan(refused);
    expect(await failsWith()).toMatchObject({ reason: 'revoked' });
  });
