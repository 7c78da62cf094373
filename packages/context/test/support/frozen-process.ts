import type { Context, User } from '@context-sdk/context';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { vi } from 'vitest';
import { startContext } from './start-context.ts';

/** Two processes on one store, the first of which stands still in a response until `goOn` is called. */
export interface FrozenProcess {
  sandbox: Sandbox;
  store: RecordStore;
  /** Of the process that stands still. */
  context: Context;
  user: User;
  frozen: Promise<void>;
  goOn: () => void;
  /** What the successor does meanwhile, by a clock that runs fast: five seconds in ten milliseconds. */
  outlive: <T>(work: (user: User) => Promise<T>) => Promise<T>;
}

/** Needs fake `Date` and `performance`. */
export async function startFrozenProcess(isFrozenIn: (request: Request) => boolean): Promise<FrozenProcess> {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty' } });
  const store = memoryStore();
  const { promise: frozen, resolve: freeze } = Promise.withResolvers<void>();
  const { promise: thawed, resolve: goOn } = Promise.withResolvers<void>();
  let mayFreeze = true;
  const process = (fetch: typeof globalThis.fetch): Context =>
    startContext({ emulated: sandbox, store: { ...store }, fetch }).context;
  await startContext({ emulated: sandbox, store }).connectedUser();
  const context = process(async (input, init) => {
    const request = new Request(input, init);
    const response = await sandbox.fetch(request.clone());
    if (mayFreeze && isFrozenIn(request)) {
      mayFreeze = false;
      freeze();
      await thawed;
    }
    return response;
  });
  const successor = process((input, init) => sandbox.fetch(input, init)).user('ada');
  const outlive = async <T>(work: (user: User) => Promise<T>): Promise<T> => {
    const done = work(successor);
    const clock = setInterval(() => vi.advanceTimersByTime(5_000), 10);
    return await done.finally(() => clearInterval(clock));
  };
  return { sandbox, store, context, user: context.user('ada'), frozen, goOn, outlive };
}
