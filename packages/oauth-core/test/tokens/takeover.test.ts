import { memoryStore, type RecordStore, type TokenManager } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ANSWERS, expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';

let provider: RotatingProvider;
let store: RecordStore;
beforeEach(async () => {
  vi.useFakeTimers();
  provider = new RotatingProvider();
  store = memoryStore();
  await provider.processOver(store).save(expiredTokens());
});
afterEach(() => void vi.useRealTimers());

/** Until a waiter has seen a lease held for its whole time. */
const untilTakenOver = (): Promise<unknown> => vi.advanceTimersByTimeAsync(provider.leaseTtlMs + 500);

interface StalledProcess {
  manager: TokenManager;
  isStalled: Promise<void>;
  resume: () => void;
}

/** A process that stops before one of its writes: the first takes the lease, the second stores what it got. */
function stalledBefore(write: 1 | 2): StalledProcess {
  let writes = 0;
  let resume = (): void => undefined;
  let reached = (): void => undefined;
  const isStalled = new Promise<void>((resolve) => (reached = resolve));
  const gate = new Promise<void>((resolve) => (resume = resolve));
  const change: Partial<RecordStore> = {
    compareAndSet: async (...parameters) => {
      writes += 1;
      if (writes === write) {
        reached();
        await gate;
      }
      return await store.compareAndSet(...parameters);
    },
  };
  return { manager: provider.processOver(store, { change }), isStalled, resume: () => resume() };
}

interface StalledRefresh {
  manager: TokenManager;
  late: Promise<unknown>;
  resume: () => void;
}

/** A process that has redeemed the refresh token, and has stopped before it stores what it got. */
async function stalledRefresh(): Promise<StalledRefresh> {
  const { manager, isStalled, resume } = stalledBefore(2);
  const late = manager.getAccessToken().catch((error: unknown) => error);
  await isStalled;
  return { manager, late, resume };
}

test('I-3: who waited between reading and taking the lease reads again, and finds the work done', async () => {
  const { manager, isStalled, resume } = stalledBefore(1);
  const slow = manager.getAccessToken();
  await isStalled;
  expect(await provider.processOver(store).getAccessToken()).toBe('access-1');
  resume();
  expect(await slow).toBe('access-1');
  expect(provider.redeemed).toEqual(['refresh-0']);
});

test('I-4: a provider that is slower than the lease is given up on before another process asks it', async () => {
  let underWay = 0;
  const atOnce: number[] = [];
  const slow = async (signal: AbortSignal | undefined): Promise<Response> => {
    atOnce.push((underWay += 1));
    signal?.addEventListener('abort', () => (underWay -= 1));
    return await ANSWERS.never(signal);
  };
  provider.plan(slow, slow);
  const failures = [1, 2].map(() => failure(provider.processOver(store).getAccessToken()));
  await vi.advanceTimersByTimeAsync(2 * provider.leaseTtlMs);
  for (const outcome of failures) expect(await outcome).toMatchObject({ retryable: true });
  expect(new Set(atOnce)).toEqual(new Set([1]));
});

test('I-5, I-6: who lost the lease writes nothing and adopts what the thief stored', async () => {
  const { late, resume } = await stalledRefresh();
  const thief = provider.processOver(store).getAccessToken();
  await untilTakenOver();
  expect(await thief).toBe('access-2');
  resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await late).toBe('access-2');
  expect((await store.get(provider.key))?.value).toContain('refresh-2');
  expect(provider.revoked).toEqual([]);
});

test('I-6, I-9: who lost the lease to one that is still at work waits for it: only stored tokens count', async () => {
  const { late, resume } = await stalledRefresh();
  provider.plan(async () => {
    resume();
    await vi.advanceTimersByTimeAsync(100);
    return Response.json({ access_token: 'of-the-thief', refresh_token: 'refresh-2', expires_in: 3600 });
  });
  const thief = provider.processOver(store).getAccessToken();
  await untilTakenOver();
  expect(await thief).toBe('of-the-thief');
  await vi.advanceTimersByTimeAsync(100);
  expect(await late).toBe('of-the-thief');
});

test('I-6, I-9: if that one got nothing, what could not be stored is stored by the next call', async () => {
  const { manager, isStalled, resume } = stalledBefore(2);
  const late = failure(manager.getAccessToken());
  await isStalled;
  provider.plan(ANSWERS.notSent);
  const thief = failure(provider.processOver(store).getAccessToken());
  await untilTakenOver();
  expect(await thief).toMatchObject({ code: 'network' });
  resume();
  await vi.advanceTimersByTimeAsync(100);
  expect(await late).toMatchObject({ code: 'service_unavailable' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await manager.getAccessToken()).toBe('access-1');
  expect(provider.redeemed).toEqual(['refresh-0', 'refresh-0']);
});

test('I-6, I-9: if that one gave the connection up for lost, the tokens are written back', async () => {
  const { late, resume } = await stalledRefresh();
  provider.plan(ANSWERS.refused);
  const thief = failure(provider.processOver(store).getAccessToken());
  await untilTakenOver();
  expect(await thief).toMatchObject({ reason: 'refresh-lost' });
  resume();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await late).toBe('access-1');
  expect(await provider.processOver(store).getAccessToken()).toBe('access-1');
  expect(provider.revoked).toEqual([]);
});

test('I-6, I-24: if the provider has ended that grant meanwhile, its refusal says why', async () => {
  const { manager, late, resume } = await stalledRefresh();
  provider.plan(ANSWERS.refused);
  const thief = failure(provider.processOver(store).getAccessToken());
  await untilTakenOver();
  await thief;
  resume();
  await vi.advanceTimersByTimeAsync(1_000);
  await late;
  provider.plan(ANSWERS.refused);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await failure(manager.getAccessToken({ rejected: 'access-1' }))).toMatchObject({
    reason: 'refresh-lost',
  });
});

test('I-6: who failed while another process took over has what that one got', async () => {
  provider.plan(ANSWERS.unavailable);
  const { late, resume } = await stalledRefresh();
  const thief = provider.processOver(store).getAccessToken();
  await untilTakenOver();
  expect(await thief).toBe('access-2');
  resume();
  await vi.advanceTimersByTimeAsync(100);
  expect(await late).toBe('access-2');
  expect((await store.get(provider.key))?.value).not.toContain('failure');
});

test('I-11: a refusal that comes late ends nothing that another process has renewed', async () => {
  provider.plan(ANSWERS.refused);
  const { late, resume } = await stalledRefresh();
  expect(await Promise.all([provider.processOver(store).getAccessToken(), untilTakenOver()])).toContain(
    'access-2',
  );
  resume();
  await vi.advanceTimersByTimeAsync(100);
  expect(await late).toBe('access-2');
  expect(await provider.processOver(store).status()).toMatchObject({ state: 'connected' });
});

test('I-12: a process that was stopped in the pause before another try does not try: others may be at work', async () => {
  provider.plan(ANSWERS.unavailable);
  const outcome = failure(provider.processOver(store, { leaseTtlMs: 15_000 }).getAccessToken());
  await vi.advanceTimersByTimeAsync(100);
  expect(provider.redeemed).toHaveLength(1);
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 15_000);
  await vi.advanceTimersByTimeAsync(5_000);
  vi.mocked(performance.now).mockRestore();
  expect(await outcome).toMatchObject({ status: 503 });
  expect(provider.redeemed).toHaveLength(1);
});

test('I-8: nobody takes over early, whatever the wall clock says', async () => {
  const { late, resume } = await stalledRefresh();
  vi.setSystemTime(Date.now() + 24 * 3_600_000);
  const waiting = provider.processOver(store).getAccessToken();
  await vi.advanceTimersByTimeAsync(provider.leaseTtlMs - 1000);
  expect(provider.redeemed).toEqual(['refresh-0']);
  vi.setSystemTime(Date.now() - 24 * 3_600_000);
  resume();
  await vi.advanceTimersByTimeAsync(100);
  expect(await late).toBe('access-1');
  expect(await waiting).toBe('access-1');
  expect(provider.redeemed).toEqual(['refresh-0']);
});

test('I-21: tokens that arrive after the connection was revoked are revoked too', async () => {
  const { late, resume } = await stalledRefresh();
  const revocation = provider.processOver(store).revoke();
  await untilTakenOver();
  await revocation;
  resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await late).toMatchObject({ reason: 'never-connected' });
  expect(provider.revoked).toEqual(['refresh-0', 'refresh-1']);
  expect(await store.get(provider.key)).toBeUndefined();
});

test('I-22: a late refresh of an earlier grant does not overwrite a new sign-in', async () => {
  const { late, resume } = await stalledRefresh();
  const signedIn = provider.processOver(store).save({
    ...expiredTokens(),
    accessToken: 'new-grant',
    expiresAt: Date.now() + 3_600_000,
  });
  await untilTakenOver();
  await signedIn;
  resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await late).toBe('new-grant');
  expect((await store.get(provider.key))?.value).toContain('new-grant');
  expect(provider.revoked).toEqual(['refresh-1']);
});

test('I-24: a refresh token that a dead process may have consumed is named as lost', async () => {
  await stalledRefresh();
  provider.plan(ANSWERS.refused);
  const next = provider
    .processOver(store)
    .getAccessToken()
    .catch((error: unknown) => error);
  await untilTakenOver();
  expect(await next).toMatchObject({ reason: 'refresh-lost' });
});

test('I-24: if the dead process had not consumed it, the connection lives on', async () => {
  await stalledRefresh();
  const next = provider.processOver(store).getAccessToken();
  await untilTakenOver();
  expect(await next).toBe('access-2');
});
