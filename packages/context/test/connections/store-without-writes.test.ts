import { ReauthorizationRequiredError, type RecordStore, StoreError } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

afterEach(() => void vi.useRealTimers());

/** A store that can be read but not written once it is full. */
function fullStore(): { store: RecordStore; setFull: (now: boolean) => void } {
  const store = memoryStore();
  let isFull = false;
  const write = <A extends unknown[], R>(method: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (!isFull) return await method(...args);
      throw new StoreError('unavailable', 'The file store failed (ENOSPC).');
    };
  };
  return {
    store: { ...store, compareAndSet: write(store.compareAndSet), delete: write(store.delete) },
    setFull: (now) => void (isFull = now),
  };
}

describe('a token that is never refreshed', () => {
  test('is told to be refused, though that can’t be recorded', async () => {
    const { store, setFull } = fullStore();
    const onAudit = vi.fn();
    const { connectedUser, sandbox } = startContext({ store, onAudit });
    const user = await connectedUser();
    const azureDevOps = await user.azureDevOps();
    sandbox.azureDevOps.revokePats();
    setFull(true);
    await expect(azureDevOps.projects.list().toArray()).rejects.toThrow(ReauthorizationRequiredError);
    expect(onAudit).toHaveBeenCalledWith(expect.objectContaining({ type: 'tokens-rejected' }));
  });

  test('is asked about again after a while, though that can’t be recorded', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const { store, setFull } = fullStore();
    let isRefused = true;
    const { sandbox, connectedUser } = startContext({
      store,
      fetch: async (input, init) =>
        isRefused && new Request(input, init).url.startsWith('https://dev.azure.com/')
          ? new Response('', { status: 401 })
          : await sandbox.fetch(input, init),
    });
    isRefused = false;
    const user = await connectedUser();
    isRefused = true;
    const read = async () => await (await user.azureDevOps()).projects.list().toArray();
    await expect(read()).rejects.toThrow(ReauthorizationRequiredError);
    isRefused = false;
    setFull(true);
    vi.advanceTimersByTime(3_600_000);
    expect(await read()).not.toHaveLength(0);
  });
});
