import { InvalidRequestError, NotFoundError } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import type { TickTickTestUser } from '@context-sdk/sandbox/ticktick';
import { failure } from '@context-sdk/test-support';
import type { TreeTask } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { UNKNOWN_ID } from '../resources/answering.ts';
import { directClient, useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

/** The titles of a family, indented by their depth. */
function outline(user: TickTickTestUser): string[] {
  const tasks = user.tasks();
  const lines: string[] = [];
  const add = (parentId: string | undefined, depth: number): void => {
    for (const task of tasks.filter((each) => each.parentId === parentId)) {
      lines.push(`${' '.repeat(depth)}${task.title}`);
      add(task.id, depth + 1);
    }
  };
  add(undefined, 0);
  return lines;
}

const TREE: TreeTask[] = [
  { title: 'a', children: [{ title: 'b', ref: 'b', children: [{ title: 'c' }] }, { title: 'd' }] },
  { title: 'e', parent: 'b' },
];

test.each(['keep', 'ignore'] as const)(
  '18.subtasks: a tree is created at any depth where new parents are said to %s',
  async (newParents) => {
    const { sandbox, client } = await server.start({ seed: 'empty', ticktick: { newParents } });
    const user = sandbox.ticktick.testUser();
    const project = user.createProject({ name: 'P' });
    const outcomes = await client.tasks.createTree(TREE.map((task) => ({ ...task, projectId: project.id })));
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(outline(user)).toEqual(['a', ' b', '  c', '  e', ' d']);
    expect(outcomes[1]).toMatchObject({ ref: 'b', parentId: outcomes[0]?.status === 'ok' && outcomes[0].id });
  },
);

test('18.subtasks: a tree is put below a task that exists', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const top = user.createTask({ title: 'top' });
  await client.tasks.createTree([{ title: 'x', parent: top.id, children: [{ title: 'y' }] }]);
  expect(outline(user)).toEqual(['top', ' x', '  y']);
});

const SELF: TreeTask & { children: TreeTask[] } = { title: 'a', children: [] };
SELF.children.push({ title: 'b', children: [SELF] });

test.each<[string, TreeTask[]]>([
  [
    'two of one name',
    [
      { title: 'a', ref: 'x' },
      { title: 'b', ref: 'x' },
    ],
  ],
  [
    'a circle',
    [
      { title: 'a', ref: 'x', parent: 'y' },
      { title: 'b', ref: 'y', parent: 'x' },
    ],
  ],
  ['a parent that can be no id', [{ title: 'a', parent: 'no such' }]],
  [
    'another project than the parent',
    [{ title: 'a', projectId: 'p1', children: [{ title: 'b', projectId: 'p2' }] }],
  ],
  ['a child with a parent of its own', [{ title: 'a', ref: 'x', children: [{ title: 'b', parent: 'x' }] }]],
  ['a task below itself', [SELF]],
  ['a parent that is no text', [{ title: 'a' }, { title: 'b', parent: 0 as unknown as string }]],
  ['a name that is no text', [{ title: 'a', ref: 7 as unknown as string }]],
  ['a parent without a name', [{ title: 'a', children: [Object.assign({ title: 'b' }, { parentId: 'x' })] }]],
])('18.subtasks: %s is refused before anything is sent', async (_name, tree) => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  expect(await failure(client.tasks.createTree(tree))).toBeInstanceOf(InvalidRequestError);
  expect(sandbox.requests).toEqual([]);
});

test('18.subtasks: below a task that was not created, nothing is; the rest is', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const tree = [{ title: ' ', children: [{ title: 'b', children: [{ title: 'c' }] }] }, { title: 'd' }];
  const outcomes = await client.tasks.createTree(tree);
  expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'ok']);
  expect(outline(sandbox.ticktick.testUser())).toEqual(['d']);
});

test('18.subtasks: what is named later puts its subtasks where it is, too', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const project = user.createProject({ name: 'P' });
  const outcomes = await client.tasks.createTree([
    { title: 'c', parent: 'b' },
    { title: 'b', ref: 'b', parent: 'a' },
    { title: 'a', ref: 'a', projectId: project.id },
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  expect(outline(user)).toEqual(['a', ' b', '  c']);
  expect(new Set(user.tasks().map(({ projectId }) => projectId))).toEqual(new Set([project.id]));
});

test('18.subtasks: a tree can be deeper than a call stack', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  let tree: TreeTask = { title: 'x'.repeat(2), parent: 'no such' };
  for (let depth = 0; depth < 20_000; depth += 1) tree = { title: 'x', children: [tree] };
  expect(await failure(client.tasks.createTree([tree]))).toBeInstanceOf(InvalidRequestError);
  expect(sandbox.requests).toEqual([]);
});

test('18.subtasks: below what is no open task of the project, nothing is created', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const project = user.createProject({ name: 'P' });
  const elsewhere = user.createTask({ title: 'elsewhere', projectId: project.id });
  const deleted = user.createTask({ title: 'deleted' });
  user.deleteTask(deleted.id);
  const outcomes = await client.tasks.createTree([
    { title: 'a', parent: elsewhere.id, children: [{ title: 'b' }] },
    { title: 'c', parent: deleted.id },
    { title: 'd', parent: elsewhere.id, projectId: project.id },
  ]);
  expect(outcomes).toMatchObject([
    { status: 'failed', error: { field: 'tasks[0].parent' } },
    { status: 'failed', error: { field: 'tasks[0].children[0]' } },
    { status: 'failed', error: { field: 'tasks[1].parent' } },
    { status: 'ok' },
  ]);
  expect(outline(user)).toEqual(['elsewhere', ' d']);
});

test('18.subtasks: children, attach and detach', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const [parent, one, two] = ['parent', 'one', 'two'].map((title) => user.createTask({ title }));
  if (!parent || !one || !two) throw new Error('No tasks');
  await client.tasks.attach(one.id, parent);
  await client.tasks.attach(two, parent.id);
  expect((await client.tasks.children(parent)).map(({ title }) => title)).toEqual(['two', 'one']);
  expect(await client.tasks.detach(one)).not.toHaveProperty('parentId');
  expect(outline(user)).toEqual(['parent', ' two', 'one']);
  expect(await failure(client.tasks.attach(parent, two))).toMatchObject({ field: 'parent' });
  expect(await failure(client.tasks.attach(parent, parent))).toMatchObject({ field: 'parent' });
});

test('18.subtasks: a parent of another project, and a task that is gone, are refused', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const project = user.createProject({ name: 'P' });
  const parent = user.createTask({ title: 'parent', projectId: project.id });
  const task = user.createTask({ title: 'x' });
  expect(await failure(client.tasks.attach(task, parent))).toMatchObject({ field: 'parent' });
  const gone = { id: UNKNOWN_ID, projectId: project.id };
  expect(await failure(client.tasks.attach(gone, parent))).toBeInstanceOf(NotFoundError);
});

test('18.subtasks: TickTick’s silence about a parent that it dropped is an error', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const completed = user.createTask({ title: 'parent' });
  user.deleteTask(completed.id);
  user.emptyTrash();
  const task = user.createTask({ title: 'x' });
  expect(await failure(client.tasks.attach(task, completed))).toMatchObject({ field: 'parentId' });
});

test('18.subtasks: a move takes a family of any shape along, or leaves it behind', async () => {
  const shape = fc.array(fc.nat(9), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(shape, async (parents) => {
      const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
      const user = sandbox.ticktick.testUser();
      const client = directClient(sandbox);
      const project = user.createProject({ name: 'P' });
      const ids = [user.createTask({ title: 'root' }).id];
      parents.forEach((parent, index) => {
        ids.push(user.createTask({ title: `t${index}`, parentId: ids[parent % ids.length] ?? '' }).id);
      });
      const before = outline(user);
      const moved = await client.tasks.move(ids[0] ?? '', project.id, { descendants: true });
      expect(moved.descendants?.every(({ status }) => status === 'ok')).toBe(true);
      expect(outline(user)).toEqual(before);
      expect(user.tasks().every(({ projectId }) => projectId === project.id)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
