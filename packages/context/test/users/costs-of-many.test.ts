import { contextTools } from '@context-sdk/context/tools';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

interface Call {
  method: string;
  key: string;
}

/** A store, and each record and prefix that it was asked for. */
function askedStore(): { store: RecordStore; asked: Call[] } {
  const kept = memoryStore();
  const asked: Call[] = [];
  const note = (method: string, keys: readonly string[]): void =>
    void asked.push(...keys.map((key) => ({ method, key })));
  const store: RecordStore = {
    ...kept,
    get: (key) => (note('read', [key]), kept.get(key)),
    getMany: (keys) => (note('read', keys), kept.getMany?.(keys) ?? Promise.resolve([])),
    compareAndSet: (key, ...rest) => (note('write', [key]), kept.compareAndSet(key, ...rest)),
    list: (prefix, options) => (note('list', [prefix]), kept.list(prefix, options)),
    scan: (prefix) => (note('list', [prefix]), kept.scan?.(prefix) ?? (async function* () {})()),
  };
  return { store, asked };
}

test('24.3: a disconnect reads what the user made in an organization, not what everybody did', async () => {
  const { store, asked } = askedStore();
  const { sandbox, connectedUser } = startContext({ store });
  const user = await connectedUser();
  const { id, projectId, title } = sandbox.ticktick.testUser().createTask({ title: 'Report' });
  const project = sandbox.azureDevOps.organization.projects[0]?.name ?? '';
  await user.createWorkItem({ id, projectId, title }, { project });
  const [own = ''] = await store.list('work-item/');
  const text = (await store.get(own))?.value ?? '';
  const others = Array.from({ length: 500 }, (_, index) => own.replace(id, `task-${index}`));
  for (const key of others) await store.compareAndSet(key, undefined, text.replaceAll('"ada"', '"grace"'));
  asked.length = 0;
  await user.connections.disconnect('azure-devops');
  expect(asked.filter(({ key }) => key.startsWith('work-item/')).length).toBeLessThan(5);
  expect(await store.list('work-item/')).toEqual(others.toSorted());
});

test('24.3: what is deleted or listed of a user is looked up once, however much there is', async () => {
  const { store, asked } = askedStore();
  const { connectedUser } = startContext({ store });
  const user = await connectedUser();
  const prefixes = ['delivery/ada/gmail/', 'link/ada/'];
  for (const prefix of prefixes)
    for (let index = 0; index < 1200; index++) await store.compareAndSet(prefix + index, undefined, '{}');
  const listsOf = (prefix: string): number =>
    asked.filter(({ method, key }) => method === 'list' && key === prefix).length;
  asked.length = 0;
  expect(await user.links.list()).toEqual([]);
  await user.connections.disconnect('google');
  expect(listsOf('link/ada/')).toBe(2);
  expect(listsOf('delivery/ada/gmail/')).toBe(1);
  expect(await store.list('delivery/')).toEqual([]);
});

test('24.3: of many links at once, each says once that the user has links', async () => {
  const { store, asked } = askedStore();
  const { sandbox, connectedUser } = startContext({ store });
  const user = await connectedUser();
  const tickTick = sandbox.ticktick.testUser();
  const tasks = Array.from({ length: 32 }, (_, index) => tickTick.createTask({ title: `Task ${index}` }));
  asked.length = 0;
  await Promise.all(tasks.map(({ id, projectId }) => user.links.create({ id, projectId })));
  expect(asked.filter(({ key }) => key.startsWith('has-links/')).length).toBeLessThanOrEqual(
    2 * tasks.length,
  );
});

test('24.3: an undo reads the write that it takes back, not all writes of a month', async () => {
  const { store, asked } = askedStore();
  const { context, connectedUser } = startContext({ store });
  await connectedUser();
  for (let index = 0; index < 300; index++) {
    const id = `a${String(index).padStart(8, '0')}`;
    const undo = { kind: 'none', reason: 'It was sent.' };
    const facts = { tool: 'send_draft', effect: 'outbound', provider: 'google', description: 'Sent' };
    const action = { id, at: index, ...facts, state: 'done', undo };
    await store.compareAndSet(`tool-action/ada/google/${id}`, undefined, JSON.stringify(action));
  }
  asked.length = 0;
  const answer = await context.actions.undo('ada', 'a00000007');
  expect(answer.text).toContain('It was sent.');
  expect(
    asked.filter(({ method, key }) => method === 'read' && key.startsWith('tool-action/')).length,
  ).toBeLessThan(20);
});

test('24.3: of many tools at once, each names its items once, and one that names nothing new writes nothing', async () => {
  const { store, asked } = askedStore();
  const { sandbox, connectedUser } = startContext({ store });
  const user = await connectedUser();
  const texts = Array.from({ length: 32 }, (_, index) => `Task ${index}.`);
  for (const title of texts) sandbox.ticktick.testUser().createTask({ title });
  const { find } = contextTools(user, { timeZone: 'UTC' });
  const findAll = async (): Promise<string[]> => {
    asked.length = 0;
    const found = await Promise.all(texts.map(async (text) => await find?.execute({ kind: 'tasks', text })));
    return found.map((answer) => answer?.text ?? '').toSorted();
  };
  const handlesAsked = (): string[] =>
    asked.filter(({ key }) => key.startsWith('tool-handles/')).map(({ method }) => method);
  const first = await findAll();
  expect(new Set(first).size).toBe(texts.length);
  expect(handlesAsked().length).toBeLessThanOrEqual(4 * texts.length);
  expect(await findAll()).toEqual(first);
  expect(handlesAsked()).toEqual(texts.map(() => 'read'));
});

test('24.3: a task that was moved is named where it is now, though its name is known', async () => {
  const { store, asked } = askedStore();
  const { sandbox, connectedUser } = startContext({ store });
  const user = await connectedUser();
  const { id } = sandbox.ticktick.testUser().createTask({ title: 'Report' });
  const { find } = contextTools(user, { timeZone: 'UTC' });
  const first = await find?.execute({ kind: 'tasks' });
  const project = await user.ticktick.projects.create({ name: 'Work' });
  await user.ticktick.tasks.move(id, project.id);
  asked.length = 0;
  expect((await find?.execute({ kind: 'tasks' }))?.text).toContain(first?.text.split(' ')[0]);
  expect(asked.filter(({ method }) => method === 'write').map(({ key }) => key)).toEqual([
    'tool-handles/ada/ticktick',
  ]);
});
