import { ContextSdkError } from '@context-sdk/oauth-core';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import { FocusType, type ListOptions, type Skipped, type TickTickClient } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientOf } from './answering.ts';

const DATE = '2026-06-16T00:00:00.000+0000';

const HABIT = {
  id: 'h1',
  name: 'Read',
  iconRes: 'habit',
  color: '#fff',
  sortOrder: 1,
  status: 0,
  encouragement: 'x',
  totalCheckIns: 1,
  createdTime: DATE,
  modifiedTime: DATE,
  archivedTime: DATE,
  type: 'Boolean',
  goal: 1,
  step: 1,
  unit: 'Count',
  etag: 'e',
  repeatRule: 'RRULE:FREQ=DAILY',
  reminders: ['09:00'],
  recordEnable: true,
  sectionId: 's1',
  targetDays: 0,
  targetStartDate: 20260407,
  completedCycles: 0,
  exDates: ['20260408'],
  style: 1,
};
const SECTION = { id: 's1', name: 'Morning', sortOrder: 1, createdTime: DATE, modifiedTime: DATE, etag: 'e' };
const CHECKIN = {
  id: 'c1',
  habitId: 'h1',
  createdTime: DATE,
  modifiedTime: DATE,
  etag: 'e',
  year: 2026,
  checkins: [],
};
const COUNTDOWN = {
  id: 'd1',
  type: 1,
  iconRes: 'x',
  color: '#fff',
  name: 'Birthday',
  date: 20260407,
  ignoreYear: true,
  showCalendarType: 1,
  reminders: ['TRIGGER:PT0S'],
  annoyingAlert: 0,
  repeatFlag: 'RRULE:FREQ=YEARLY',
  remark: 'x',
  status: 0,
  sortOrder: 1,
  style: 'x',
  styleColor: ['#fff'],
  dateDisplayFormat: 'x',
  timerMode: 1,
  showAge: true,
  daysOption: 1,
  showRemark: true,
  createdTime: DATE,
  modifiedTime: DATE,
};
const COMMENT = {
  id: 'm1',
  userId: 7,
  title: 'x',
  createdTime: DATE,
  modifiedTime: DATE,
  replyCommentId: 'm0',
  replyUserId: 8,
};
const GROUP = { id: 'g1', name: 'Work', sortOrder: 1, showAll: true, viewMode: 'list' };
const MEMBER = { username: 'ann@example.com', displayName: 'Ann', self: true };
const COLUMN = { id: 'k1', projectId: 'p1', name: 'To do', sortOrder: 1 };
const TAG = { name: 'work', label: 'Work', sortOrder: 1, color: '#fff', parent: 'life', type: 1 };
const PROJECT = {
  id: 'p1',
  name: 'P',
  color: '#fff',
  sortOrder: 1,
  closed: true,
  groupId: 'g1',
  viewMode: 'list',
  permission: 'write',
  kind: 'TASK',
};
const FOCUS = {
  id: 'f1',
  userId: 7,
  type: 0,
  taskId: 'a1',
  note: 'x',
  tasks: [],
  status: 1,
  startTime: DATE,
  endTime: DATE,
  pauseDuration: 0,
  adjustTime: 0,
  added: true,
  createdTime: DATE,
  modifiedTime: DATE,
  etimestamp: 1,
  etag: 'e',
  duration: 60,
  relationType: [1],
};

type Row = Readonly<Record<string, unknown>>;
type List = (client: TickTickClient, options: ListOptions) => Promise<object[]>;
type One = (client: TickTickClient) => Promise<object>;

const TASK = { id: 'a1', projectId: 'p1' };
const DAYS = { habitIds: ['h1'], from: 20260401, to: 20260402 };
const HOUR = { from: DATE, to: '2026-06-16T01:00:00Z', type: FocusType.pomodoro };

const LISTS: [name: string, row: Row, list: List, key?: string][] = [
  ['habits', HABIT, (client, options) => client.habits.list(options)],
  ['sections of habits', SECTION, (client, options) => client.habits.sections(options)],
  ['check-ins', CHECKIN, (client, options) => client.habits.checkIns(DAYS, options), 'habitId'],
  ['countdowns', COUNTDOWN, (client, options) => client.countdowns.list(options)],
  ['comments', COMMENT, (client, options) => client.comments.list(TASK, options)],
  ['groups', GROUP, (client, options) => client.groups.list(options)],
  ['members', MEMBER, (client, options) => client.projects.members('p1', options), 'username'],
  ['columns', COLUMN, (client, options) => client.columns.list('p1', options)],
  ['tags', TAG, (client, options) => client.tags.list(options), 'name'],
  ['projects', PROJECT, (client, options) => client.projects.list(options)],
  ['focus', FOCUS, (client, options) => client.focus.list(HOUR, options).toArray()],
];

const ONES: [name: string, row: Row, one: One][] = [
  ['habit', HABIT, (client) => client.habits.get('h1')],
  ['new habit', HABIT, (client) => client.habits.create({ name: 'Read' })],
  ['changed habit', HABIT, (client) => client.habits.update('h1', { goal: 2 })],
  ['check-in', CHECKIN, (client) => client.habits.checkIn('h1', { stamp: 20260407 })],
  ['new comment', COMMENT, (client) => client.comments.create(TASK, { title: 'x' })],
  ['new group', GROUP, (client) => client.groups.create({ name: 'x' })],
  ['changed group', GROUP, (client) => client.groups.update('g1', { name: 'x' })],
  ['new column', COLUMN, (client) => client.columns.create('p1', { name: 'x' })],
  ['new tag', TAG, (client) => client.tags.create({ name: 'work' })],
  ['project', PROJECT, (client) => client.projects.get('p1')],
  ['new project', PROJECT, (client) => client.projects.create({ name: 'x' })],
  ['focus', FOCUS, (client) => client.focus.get('f1', { type: FocusType.pomodoro })],
  ['new focus', FOCUS, (client) => client.focus.create({ type: FocusType.pomodoro })],
  ['deleted focus', FOCUS, async (client) => (await client.focus.delete('f1', { type: 0 })) ?? FOCUS],
  ['preference', { timeZone: 'UTC' }, (client) => client.preference.get()],
];

const misfit = fc.constantFrom<unknown>(undefined, null, '', 7, true, [], [null], [7], {}, 'text');

/** The row with some fields absent, null, empty or of another type; or no row at all. */
function damaged(row: Row): fc.Arbitrary<unknown> {
  const fields = fc.dictionary(fc.constantFrom(...Object.keys(row)), misfit, { maxKeys: 6 });
  return fc.oneof(
    { weight: 9, arbitrary: fields.map((changes) => ({ ...row, ...changes })) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 7, 'text', [], {}) },
  );
}

/** Fields that recordings show as numbers, and the documentation as texts. */
const EITHER = new Set(['createdTime', 'modifiedTime']);

function expectTypes(result: object, row: Row): void {
  for (const [name, value] of Object.entries(result)) {
    if (!(EITHER.has(name) && typeof value === 'number')) expect(typeof value, name).toBe(typeof row[name]);
    expect(Array.isArray(value), name).toBe(Array.isArray(row[name]));
    if (Array.isArray(value) && Array.isArray(row[name]))
      for (const item of value) expect(typeof item, name).toBe(typeof (row[name][0] ?? {}));
  }
}

test.each(LISTS)(
  '18.5: whatever rows hold, %s are listed with their types, and the rest is reported',
  async (_name, row, list, key = 'id') => {
    const rowList = fc.array(damaged(row), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 9, arbitrary: rowList }, fc.constant(null)), async (rows) => {
        const skipped: Skipped[] = [];
        const client = clientOf(() => Response.json(rows));
        const results = await list(client, { onSkipped: (each) => skipped.push(each) });
        const keys = (rows ?? []).map((each) => new Map(Object.entries(Object(each))).get(key));
        const isKey = (value: unknown): boolean => typeof value === 'string' && value !== '';
        const listed = results.map((each) => new Map(Object.entries(each)).get(key));
        expect(new Set(listed)).toEqual(new Set(keys.filter(isKey)));
        const unkeyed = keys.filter((value) => !isKey(value)).length;
        expect(skipped.length).toBeGreaterThanOrEqual(unkeyed);
        for (const { reason } of skipped) expect(reason).toBe('unreadable');
        for (const result of results) expectTypes(result, row);
      }),
      { numRuns: propertyRuns(40) },
    );
  },
);

test.each(ONES)('18.5: one %s is what its type says, or a typed error', async (_name, row, one) => {
  await fc.assert(
    fc.asyncProperty(damaged(row), async (body) => {
      const client = clientOf(() => Response.json(body));
      const result = await one(client).catch((error: unknown) => error);
      if (!(result instanceof ContextSdkError)) expectTypes(Object(result), row);
    }),
    { numRuns: propertyRuns(40) },
  );
});

test('18.5: a day without its stamp is reported, and costs no other', async () => {
  const days = [{ stamp: 20260407, value: null }, { value: 1 }, null];
  const client = clientOf(() => Response.json([{ habitId: 'h1', checkins: days }]));
  const skipped: Skipped[] = [];
  const entries = await client.habits.checkIns(DAYS, { onSkipped: (each) => skipped.push(each) });
  expect(entries).toEqual([{ habitId: 'h1', checkins: [{ stamp: 20260407 }] }]);
  expect(skipped).toEqual([
    { reason: 'unreadable', row: { value: 1 } },
    { reason: 'unreadable', row: null },
  ]);
});

test('18.5: a project without an id, among those that a list of tasks reads, is reported', async () => {
  const full = Array.from({ length: 200 }, (_, index) => ({ id: `t${index}`, projectId: 'p1' }));
  const client = clientOf(({ url }) => {
    if (url.endsWith('/project')) return Response.json([{ name: 'no id' }]);
    return Response.json(url.endsWith('/data') ? { tasks: [] } : full);
  });
  const listing = client.tasks.listOpen();
  await listing.toArray();
  expect(listing.skipped).toEqual([{ reason: 'unreadable', row: { name: 'no id' } }]);
});
