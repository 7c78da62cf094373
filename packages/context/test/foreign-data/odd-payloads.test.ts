import type { User } from '@context-sdk/context';
import { ContextSdkError } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';
import { damaged, ODD_TEXTS, UNLIMITED } from '@context-sdk/test-support';
import type { Task } from '@context-sdk/ticktick-client';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

/** Work items and events of which a field, at any depth, is absent, null, empty, of another type or an odd text. */

const DAY_MS = 86_400_000;
const DAY = new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10);
const WITHIN = { from: new Date(Date.now() + DAY_MS), to: new Date(Date.now() + 15 * DAY_MS) };

let user: User;
let task: Task;
let sandbox: Sandbox;
/** What a read answers instead, by what its method and path end with. */
let answers: Record<string, (body: unknown) => unknown> = {};

beforeAll(async () => {
  const started = startContext({
    // TickTick's 100 requests a minute would be a wait.
    rateLimiter: UNLIMITED,
    sandbox: { seed: 'empty', google: { quotas: { calendar: [] } }, azureDevOps: { seed: 'empty' } },
    fetch: async (input, init) => {
      const { method, url } = new Request(input, init);
      const { pathname, search } = new URL(url);
      const name = `${method} ${pathname}${search.includes('privateExtendedProperty') ? '?' : ''}`;
      const response = await sandbox.fetch(input, init);
      const answer = Object.entries(answers).find(([end]) => new RegExp(`${end}$`, 'i').test(name))?.[1];
      return answer === undefined ? response : Response.json(answer(await response.json().catch(() => ({}))));
    },
  });
  ({ sandbox } = started);
  user = await started.connectedUser();
});

beforeEach(async () => {
  answers = {};
  const { id, projectId } = sandbox.ticktick.testUser().createTask({ title: 'Report' });
  task = await user.ticktick.tasks.get({ id, projectId });
});

const PERSON = { displayName: 'Ada', uniqueName: 'ada@example.org', id: 'a1', descriptor: 'aad.a1' };

const ITEM = {
  id: 7,
  rev: 3,
  url: 'https://dev.azure.com/fabrikam/_apis/wit/workItems/7',
  fields: {
    'System.Id': 7,
    'System.Title': 'Fix the login',
    'System.State': 'To Do',
    'System.WorkItemType': 'Task',
    'System.TeamProject': 'Fabrikam',
    'System.AreaPath': 'Fabrikam',
    'System.IterationPath': 'Fabrikam\\Sprint 1',
    'System.Tags': 'one; two',
    'System.AssignedTo': PERSON,
    'System.ChangedDate': '2026-11-23T08:00:00Z',
    'Microsoft.VSTS.Common.Priority': 2,
    'Microsoft.VSTS.Scheduling.DueDate': `${DAY}T00:00:00Z`,
    'Microsoft.VSTS.Scheduling.TargetDate': `${DAY}T00:00:00Z`,
  },
  relations: [{ rel: 'Hyperlink', url: 'https://example.org', attributes: { comment: 'x' } }],
  _links: { html: { href: 'https://dev.azure.com/fabrikam/_workitems/edit/7' } },
};

const EVENT = {
  id: 'e1',
  etag: '"1"',
  status: 'confirmed',
  eventType: 'default',
  summary: 'Stand-up',
  description: 'Daily',
  location: 'Room 1',
  htmlLink: 'https://calendar.google.com/event?eid=e1',
  iCalUID: 'e1@google.com',
  transparency: 'opaque',
  organizer: { email: 'grace@example.org', self: false },
  attendees: [{ email: 'ada@example.com', self: true, responseStatus: 'accepted' }],
  source: { title: 'TickTick', url: 'https://ticktick.com/webapp/#p/p%201/tasks/t1' },
  extendedProperties: {
    private: {
      contextSdkKind: 'block',
      contextSdkTask: 'TASK',
      contextSdkOccurrence: DAY,
      contextSdkPiece: '1',
      contextSdkPlan: '{"minutes":30,"start":1,"end":2}',
    },
    shared: { x: 'y' },
  },
  start: { dateTime: `${DAY}T09:00:00+01:00`, timeZone: 'Europe/Berlin' },
  end: { dateTime: `${DAY}T10:00:00+01:00`, timeZone: 'Europe/Berlin' },
};

const ALL_DAY = { ...EVENT, start: { date: DAY }, end: { date: DAY }, extendedProperties: undefined };

type Copies = readonly { where: string; value: unknown }[];

/** Odd copies, each beside where it is odd. */
function oddCopies(payload: object): Copies {
  const texts = Object.values(ODD_TEXTS).filter((text) => text.length < 30);
  return [
    ...damaged(payload, texts),
    ...[null, 7, 'text', []].map((value) => ({ where: String(value), value })),
  ];
}

const ITEMS = oddCopies(ITEM);
const EVENTS = [...oddCopies(EVENT), ...oddCopies(ALL_DAY)];

/** The events as blocks of the test's own task. */
function blocks(): Copies {
  return JSON.parse(JSON.stringify(EVENTS).replaceAll('"TASK"', JSON.stringify(task.id))) as Copies;
}

/** The calendar and the user's items, with `events` and `items` before those of the sandbox. */
function listing({ events = [], items = [] }: { events?: unknown[]; items?: unknown[] }): typeof answers {
  return {
    'GET .*/events': (body) => {
      const page = body as { items: unknown[] };
      return { ...page, items: [...events, ...page.items] };
    },
    '/_apis/wit/workItemsBatch': (body) => {
      const page = body as { value: unknown[] };
      return { ...page, value: [...items, ...page.value] };
    },
  };
}

/** Some of those that fail: all at once, or, where that fails, each half. */
async function failing(copies: Copies, work: (values: unknown[]) => Promise<unknown>): Promise<string[]> {
  try {
    await work(copies.map(({ value }) => value));
    return [];
  } catch (error) {
    if (copies.length < 2) return copies.map(({ where }) => `${where.slice(0, 80)}: ${error}`);
    const half = Math.ceil(copies.length / 2);
    const first = await failing(copies.slice(0, half), work);
    return first.length > 9 ? first : [...first, ...(await failing(copies.slice(half), work))];
  }
}

test('20.5, 19.4: odd work items and events cost no other their place in the agenda', async () => {
  const { azureDevOps, google } = sandbox;
  azureDevOps.testUser().create({
    type: 'Task',
    fields: {
      'System.Title': 'Good item',
      'System.AssignedTo': azureDevOps.people[0]?.uniqueName ?? '',
      'Microsoft.VSTS.Scheduling.DueDate': `${DAY}T00:00:00Z`,
    },
  });
  google.testUser().calendar.addEvent({ summary: 'Good event', start: EVENT.start, end: EVENT.end });
  const agenda = async (options: Parameters<typeof listing>[0]): Promise<void> => {
    answers = listing(options);
    const read = await user.agenda({ ...WITHIN, timeZone: 'Europe/Berlin', useSprintEnd: true });
    expect([...Object.values(read.errors), ...Object.values(read.calendarErrors)].map(String)).toEqual([]);
    expect(read.items.filter(({ title }) => title.startsWith('Good'))).toHaveLength(2);
  };
  expect(await failing(ITEMS, (items) => agenda({ items }))).toEqual([]);
  expect(await failing(EVENTS, (events) => agenda({ events }))).toEqual([]);
});

test('20.5: odd events keep nobody from planning, nor from blocking time', async () => {
  const plan = async (events: unknown[]): Promise<void> => {
    answers = listing({ events });
    const options = { tasks: [{ ...task, durationMinutes: 30 }], within: WITHIN, timeZone: 'Europe/Berlin' };
    const made = await user.plan({ ...options, busyBelowSlackMinutes: 600 });
    expect(made.unplaced).toEqual([]);
    expect(made.pieces[0]).toMatchObject({ taskId: task.id, title: 'Report' });
    expect((await user.replan(made, { tasks: [{ ...task, durationMinutes: 45 }] })).unplaced).toEqual([]);
  };
  expect(await failing(blocks(), plan)).toEqual([]);
  const block = async (events: unknown[]): Promise<void> => {
    answers = listing({ events });
    const made = await user.blockTime(task, { within: WITHIN, durationMinutes: 15 });
    expect(Date.parse(made.slot.start)).toBeGreaterThan(WITHIN.from.getTime());
    await user.unblockTime(task);
  };
  // As what other events are.
  expect(await failing(EVENTS, block)).toEqual([]);
});

/** What a block is read for. */
const OF_A_BLOCK =
  /^(id|summary|description|attendees|attendees\.0|extendedProperties(\.private(\.\w+)?)?|start|end|start\.dateTime): (undefined|null|7|"text"|\[null\])$/;

test('20.5: an odd block of the task is changed, or another one made', async () => {
  const block = async ([event]: unknown[]): Promise<void> => {
    answers = {
      ...listing({ events: [event] }),
      '(PATCH|GET) .*/events/(e1|text)': () => event,
      'DELETE .*/events/(e1|text)': () => ({}),
    };
    const { slot } = await user.blockTime(task, { within: WITHIN, durationMinutes: 15 });
    expect(Date.parse(slot.start)).toBeGreaterThan(WITHIN.from.getTime());
    await user.unblockTime(task);
  };
  const event = JSON.parse(JSON.stringify(EVENT).replace('"TASK"', JSON.stringify(task.id))) as typeof EVENT;
  for (const copy of damaged(event)) {
    if (OF_A_BLOCK.test(copy.where)) expect(await failing([copy], block)).toEqual([]);
  }
});

/** What one work item is read for. */
const OF_ONE = [...damaged(ITEM)].filter(({ where }) =>
  /^(id|rev|fields|relations|fields\.(System\.(Title|State|WorkItemType|TeamProject)|.*DueDate)): (undefined|null|7|"text"|\[null\])$/.test(
    where,
  ),
);

test('20.5: an odd work item can be found, linked and followed, or a typed error says what is wrong with it', async () => {
  const [project] = sandbox.azureDevOps.organization.projects;
  const item = await user.createWorkItem(task, { project: project?.name });
  await user.links.create(task, { workItemId: item.id });
  const title = (): unknown => sandbox.azureDevOps.testUser().get(item.id)?.fields['System.Title'];
  const crashed: string[] = [];
  for (const { where, value } of OF_ONE) {
    answers = { 'GET .*/_apis/wit/workItems/\\d+': () => value };
    try {
      const found = await user.createWorkItem(task, { project: project?.name });
      expect(found.id).toBe((value as { id: number }).id);
    } catch (error) {
      if (!(error instanceof ContextSdkError))
        crashed.push(`createWorkItem, ${where}: ${(error as Error).stack}`);
    }
    try {
      for (const { error } of (await user.links.sync(task.id)).failures) {
        if (!(error instanceof ContextSdkError)) crashed.push(`links, ${where}: ${error}`);
      }
    } catch (error) {
      if (!(error instanceof ContextSdkError)) crashed.push(`links, ${where}: ${(error as Error).stack}`);
    }
  }
  expect(crashed).toEqual([]);
  expect(title()).toBe('Report');
});
