import { ContextSdkError, memoryStore } from '@context-sdk/oauth-core';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import { taskDueDate, taskDueDay, taskStartDate, taskStartDay } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';

const TASK = {
  id: 'a1',
  projectId: 'p1',
  title: 'x',
  content: 'y',
  desc: 'z',
  kind: 'TEXT',
  status: 0,
  priority: 1,
  isAllDay: true,
  startDate: '2026-06-16T00:00:00.000+0000',
  dueDate: '2026-06-18T00:00:00.000+0000',
  timeZone: 'UTC',
  isFloating: false,
  reminders: ['TRIGGER:PT0S'],
  repeatFlag: 'RRULE:FREQ=DAILY',
  repeatFrom: '2',
  completedTime: '2026-06-18T00:00:00.000+0000',
  tags: ['work'],
  items: [{ id: 'i1', title: 'x' }],
  parentId: 'a0',
  childIds: ['a2'],
  columnId: 'c1',
  etag: 'e1',
  createdTime: '2026-06-01T00:00:00.000+0000',
  modifiedTime: '2026-06-01T00:00:00.000+0000',
};

const PROJECT = { id: 'p1', name: 'P', color: '#fff', viewMode: 'list', kind: 'TASK', closed: false };

const misfit = fc.constantFrom<unknown>(undefined, null, '', 7, true, [], [null], {}, 'text');

/** The payload with some fields absent, null, empty or of another type. */
function damaged(payload: object): fc.Arbitrary<object> {
  return fc
    .dictionary(fc.constantFrom(...Object.keys(payload)), misfit, { maxKeys: 6 })
    .map((fields) => ({ ...payload, ...fields }));
}

/** Rows of a list, or null in its place. */
function listOf(payload: object): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: fc.array(damaged(payload), { maxLength: 4 }) }, fc.constant(null));
}

function answeringAll(tasks: unknown, projects: unknown) {
  return clientOf(({ url }) => {
    if (url.endsWith('/project')) return Response.json(projects);
    if (url.endsWith('/data')) return Response.json({ tasks, columns: null });
    return Response.json(/\/task\/(filter|completed|undone|search)$/.test(url) ? tasks : TASK);
  });
}

test('whatever a task’s fields hold, lists give tasks of the declared types, and no row fails a list', async () => {
  await fc.assert(
    fc.asyncProperty(listOf(TASK), listOf(PROJECT), async (tasks, projects) => {
      const client = answeringAll(tasks, projects);
      const range = { from: '2026-06-01T00:00:00Z', to: '2026-06-03T00:00:00Z' };
      const open = client.tasks.listOpen();
      const listed = await open.toArray();
      const rows = Array.isArray(tasks) ? tasks.length : 0;
      expect(listed.length + open.skipped.length).toBe(rows);
      await client.tasks.listCompleted(range).toArray();
      await client.tasks.listDue(range).toArray();
      await client.tasks.filter().toArray();
      const inProject = (await client.projects.findData('p1'))?.tasks ?? [];
      for (const project of await client.projects.list()) expect(typeof project.name).toBe('string');
      for (const task of [...listed, ...inProject]) {
        for (const [name, value] of Object.entries(task)) {
          expect(typeof value, name).toBe(typeof TASK[name as keyof typeof TASK]);
        }
        for (const date of [taskDueDate(task), taskStartDate(task)]) expect(date).not.toBeNaN();
        for (const day of [taskDueDay(task), taskStartDay(task)]) expect(day ?? '2026').toMatch(/^\d{4}/);
      }
    }),
    { numRuns: propertyRuns(50) },
  );
});

test('the feed takes whatever the fields hold', async () => {
  await fc.assert(
    fc.asyncProperty(listOf(TASK), listOf(TASK), async (before, after) => {
      let tasks = before;
      const client = clientOf(({ url }) => {
        if (url.endsWith('/project')) return Response.json([PROJECT]);
        if (url.endsWith('/data')) return Response.json({ project: PROJECT, tasks });
        return Response.json(/\/task\/(filter|completed)$/.test(url) ? tasks : TASK);
      });
      const store = memoryStore();
      for (const now of [before, after]) {
        tasks = now;
        const batch = await client.changes.poll({ store, key: 'k' });
        await batch.acknowledge();
      }
    }),
    { numRuns: propertyRuns(40) },
  );
});

test('one task is a task, or a typed error', async () => {
  await fc.assert(
    fc.asyncProperty(damaged(TASK), async (row) => {
      const client = clientOf(() => Response.json(row));
      const task = await client.tasks.get({ id: 'a1', projectId: 'p1' }).catch((error: unknown) => error);
      if (!(task instanceof ContextSdkError)) expect(task).toMatchObject({ projectId: expect.any(String) });
    }),
  );
});

test('the helpers take null', () => {
  expect(taskDueDate({ dueDate: null })).toBeUndefined();
  expect(taskDueDay({ dueDate: null, timeZone: null, isAllDay: null })).toBeUndefined();
});
