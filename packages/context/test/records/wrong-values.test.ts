import { contextTools } from '@context-sdk/context/tools';
import { ContextSdkError, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Deliveries } from '../support/start-deliveries.ts';
import { signInAgain, startWithRecords, works } from './damage.ts';
import { WRONG } from './wrong-values.ts';

type Json = Record<string, unknown>;

/** A copy of a record in which the member at a path is another. */
function having(record: Json, path: string, value: unknown): Json {
  const copy = structuredClone(record);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<Json>((at, name) => at[name] as Json, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

const CASES = Object.entries(WRONG).flatMap(([prefix, members]) =>
  Object.entries(members).map(([path, values]) => ({ prefix, path, values })),
);

/** The first record of a kind that is Ada's. */
async function readFirst(store: RecordStore, prefix: string): Promise<{ key: string; record: Json }> {
  for (const key of await store.list(prefix)) {
    const record = JSON.parse((await store.get(key))?.value ?? '') as Json;
    const isLock = Object.keys(record).join() === 'lease';
    const isOfAnother = JSON.stringify(record).includes('"userId":"grace"');
    if (!isLock && !isOfAnother) return { key, record };
  }
  throw new Error(`There is no record ${prefix}`);
}

async function write(store: RecordStore, key: string, record: Json): Promise<void> {
  await store.compareAndSet(key, (await store.get(key))?.version, JSON.stringify(record));
}

describe('16.15: a wrong value of a member', () => {
  let started: Deliveries;
  const store = memoryStore();
  beforeAll(async () => {
    started = await startWithRecords(store);
  });

  const corruptKeys = async (): Promise<string[]> => {
    const { findings } = await started.context.doctor();
    return findings.flatMap(({ problem, key }) => (problem === 'corrupt' ? [key] : []));
  };

  test.each(CASES)('doctor names $prefix with a wrong $path', async ({ prefix, path, values }) => {
    const { key, record } = await readFirst(store, prefix);
    const named: unknown[] = [];
    for (const value of values) {
      await write(store, key, having(record, path, value));
      named.push([value, await corruptKeys()]);
    }
    await write(store, key, record);
    expect(named).toEqual(values.map((value) => [value, [key]]));
    expect(await corruptKeys()).toEqual([]);
  });
});

describe('16.15: a record with a wrong value costs nothing but itself', () => {
  let started: Deliveries;
  const store = memoryStore();
  beforeEach(() => {
    started.errors.length = 0;
  });
  beforeAll(async () => {
    started = await startWithRecords(store);
  });

  /** Damages a record in every way, one after the other, and puts it back. */
  async function eachWay(
    prefix: string,
    work: (path: string, value: unknown, record: Json) => Promise<void>,
  ): Promise<void> {
    for (const [path, values] of Object.entries(WRONG[prefix] ?? {})) {
      for (const value of values) {
        const { key, record } = await readFirst(store, prefix);
        await write(store, key, having(record, path, value));
        await work(path, value, record);
        await store.delete(key);
        await write(store, key, record);
      }
    }
    expect(started.errors.filter((error) => !(error instanceof ContextSdkError))).toEqual([]);
  }

  const tasks = () => started.context.user('ada').ticktick.tasks;
  const taskAt = async (prefix: string, part: number) =>
    await tasks().find((await readFirst(store, prefix)).key.split('/')[part] ?? '');
  const writes = () => started.sandbox.requests.filter(({ method }) => method !== 'GET').length;

  test('a block is found in the calendar, and follows its task', async () => {
    const user = started.context.user('ada');
    const task = await taskAt('block-time/', 2);
    if (task === undefined) throw new Error('The task of the block is gone.');
    await eachWay('block-time/', async (path, value) => {
      const before = writes();
      const followed = await user.followTask(task);
      expect([path, value, followed, writes() - before]).toMatchObject([
        path,
        value,
        { did: 'nothing', blocks: [{ calendarId: 'ada@example.com' }] },
        0,
      ]);
    });
  });

  test('a draft is written anew, and a work item is found by its link', async () => {
    const user = started.context.user('ada');
    const [project] = started.sandbox.azureDevOps.organization.projects;
    const task = await taskAt('work-item/', 2);
    if (task === undefined) throw new Error('The task of the work item is gone.');
    await eachWay('draft-email/ada/', async () => {
      const { id } = await user.draftEmail({ ...task, title: 'x' }, { to: 'a@example.com' });
      expect(id).not.toBe('');
    });
    await eachWay('work-item/', async (path, value, { data }) => {
      const item = await user.createWorkItem(task, { project: project?.name });
      expect([path, value, item.id]).toEqual([path, value, (data as Json)['id']]);
    });
  });

  test('a plan is made anew, and one that was applied is not applied twice', async () => {
    const user = started.context.user('ada');
    const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
    const handles = await store.get('tool-handles/ada/google');
    const [handle = ''] = /\bp\d+\b/.exec(handles?.value ?? '') ?? ['p1'];
    await eachWay('tool-plan/ada/', async (path, value) => {
      const before = writes();
      const answer = JSON.stringify(await tools['plan_tasks']?.execute({ apply: handle }));
      expect([path, value, answer, writes() - before]).toEqual([
        path,
        value,
        expect.stringContaining('too old'),
        0,
      ]);
    });
    await eachWay('plans/', async (path, value) => {
      const { status } = (await tools['plan_tasks']?.execute({ apply: handle })) ?? {};
      expect([path, value, status]).toEqual([path, value, 'ok']);
    });
  });

  test('a delivery by a damaged route is refused, and an event whose record is damaged is told again', async () => {
    const statuses = () =>
      Promise.all([...started.delivered.keys()].map((index) => started.redeliver(index)));
    expect((await statuses()).filter((status) => status !== 204)).toEqual([]);
    for (const prefix of ['hook/azure-devops/', 'channel/']) {
      await eachWay(prefix, async (path, value) => {
        const answers = await statuses();
        const refused = answers.filter((status) => status !== 204);
        expect([path, value, refused.length > 0, Math.max(...answers) < 500]).toEqual([
          path,
          value,
          true,
          true,
        ]);
      });
    }
    await eachWay('delivery/ada/', async (path, value) => {
      await statuses();
      const refused = (await statuses()).filter((status) => status !== 204);
      expect([path, value, refused]).toEqual([path, value, []]);
    });
  });

  test('pushes and linked items: others and their user go on, and sign in again', async () => {
    const { links } = started.context.user('ada');
    for (const prefix of Object.keys(WRONG).filter((one) => one.startsWith('push/'))) {
      await eachWay(prefix, async (path, value) => {
        const { failures } = await started.context.runMaintenance();
        const others = failures.filter(({ error }) => error.code !== 'event_not_handled');
        expect([prefix, path, value, others]).toEqual([prefix, path, value, []]);
      });
    }
    await eachWay('link-item/ada/', async () => {
      for (const index of started.delivered.keys()) expect(await started.redeliver(index)).not.toBe(500);
      for (const { taskId } of await links.list()) await links.sync(taskId);
    });
    await signInAgain(started, 'ada');
    for (const userId of ['ada', 'grace'])
      expect(await works(started, userId)).toEqual(['connected', 'connected', 'connected']);
  });
});
