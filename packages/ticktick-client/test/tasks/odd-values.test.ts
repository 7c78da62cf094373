import { expect, test } from 'vitest';
import { answering } from '../resources/answering.ts';

/** Values that TickTick has given, or that a gateway may, and that `create` refuses. */
const ODD: [name: string, fields: object][] = [
  ['an empty title', { title: '' }],
  ['a status of 1', { status: 1 }],
  ['a null priority', { priority: null }],
  ['a priority of 2', { priority: 2 }],
  ['an empty zone', { timeZone: '' }],
  ['a zone that is an offset', { timeZone: 'GMT+01:00' }],
  ['an empty column', { columnId: '' }],
  ['lists that are null', { tags: null, items: null, reminders: null }],
  ['a rule without a date', { repeatFlag: 'RRULE:FREQ=DAILY' }],
  ['dates that are null', { startDate: null, dueDate: null }],
  ['dates that are empty', { startDate: '', dueDate: '' }],
  [
    'a due date before the start',
    { startDate: '2026-06-18T00:00:00.000+0000', dueDate: '2026-06-17T00:00:00.000+0000' },
  ],
  ['an all-day task that starts at nine', { isAllDay: true, startDate: '2026-06-18T09:00:00.000+0000' }],
];

const TASK = { id: 'a1', projectId: 'p1', title: 'x', priority: 0, status: 0 };

test.each(ODD)(
  '18.11: %s that TickTick gave is no reason to refuse another change',
  async (_name, fields) => {
    const { client, asked } = answering(JSON.stringify(TASK));
    // A copy of JSON from a host's own store, which is typed as a task.
    const task: typeof TASK = JSON.parse(JSON.stringify({ ...TASK, ...fields }));
    await client.tasks.update(task, { ...(task as object), content: 'new' });
    expect(await asked[0]?.json()).toMatchObject({ content: 'new' });
    const [outcome] = await client.tasks.updateMany([
      { task, changes: { ...(task as object), content: 'y' } },
    ]);
    expect(outcome?.status).toBe('unknown');
  },
);
