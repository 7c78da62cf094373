import type { RecordStore } from '@context-sdk/oauth-core';
import { checkObject, type OwnOptions, tellListener } from '@context-sdk/oauth-core/client-kit';
import { readLeased } from '@context-sdk/oauth-core/store-kit';
import { errors } from '../errors.ts';
import type { Dialect, TickTickService } from '../operations.ts';
import { LIST_OPTIONS, type ListOptions, onSkip, type Skipped } from '../skipped.ts';
import { type Task, TaskStatus } from '../tasks/task.ts';
import { listNow } from './list-now.ts';
import { type OpenCopy, StoredCopy } from './open-copy.ts';
import { nameOfAnswer, SeenAnswer } from './seen-answer.ts';

/** How old what is read may be. */
export interface Freshness {
  /** Milliseconds. */
  ms: number;
}

/** Which feed's copy to read, and how old it may be. */
export interface FreshTasksOptions extends ListOptions {
  store: RecordStore;
  /** The key that the feed is polled with. */
  key: string;
  freshness: Freshness;
}

const OPTIONS: OwnOptions<FreshTasksOptions> = {
  ...LIST_OPTIONS,
  store: 'object',
  key: 'string',
  freshness: { ms: 'number' },
};

/** The open tasks, by `ChangeFeed.listOpen`'s rules. */
export async function freshTasks(
  service: TickTickService,
  dialect: Dialect,
  options: FreshTasksOptions,
): Promise<Task[]> {
  checkObject(options, 'options');
  const { store, key, freshness, onSkipped } = options;
  const skipped: Skipped[] = [];
  const call = onSkip(service.call(options, OPTIONS), (one) => {
    skipped.push(one);
    tellListener(onSkipped, one);
  });
  if (typeof key !== 'string' || key === '') throw errors.misconfigured('key is empty.');
  if (typeof store?.compareAndSet !== 'function') throw errors.misconfigured('store is not a RecordStore.');
  if (!(freshness?.ms > 0)) throw errors.invalid('freshness.ms', 'must be above 0');
  const stored = new StoredCopy(store, key);
  const copy = await stored.read();
  const isFresh = (at: number | undefined): boolean =>
    at !== undefined && Math.abs(Date.now() - at) <= freshness.ms;
  if (copy !== undefined && (isFresh(copy.at) || isFresh(await lastSeen(store, key, copy)))) {
    for (const one of copy.skipped ?? []) tellListener(onSkipped, one);
    return copy.tasks;
  }
  const at = Date.now();
  const tasks = await listNow(dialect, call, false);
  await stored.write({ at, answer: await nameOfAnswer(tasks, NOTHING_ELSE), tasks, skipped });
  return tasks.filter(({ status = TaskStatus.open }) => status === TaskStatus.open);
}

/** When a poll last got the copy's own answer. */
async function lastSeen(store: RecordStore, key: string, { answer }: OpenCopy): Promise<number | undefined> {
  const seen = new SeenAnswer(store, key);
  await seen.read();
  if (!seen.isSame(answer)) return undefined;
  return (await readLeased<{ at: number }>(store, `${key}/position`))?.at;
}

/** What a poll names beside the tasks, if it follows nothing else. */
export const NOTHING_ELSE: readonly [boolean, null] = [false, null];
