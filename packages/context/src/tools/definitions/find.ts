import { wiql } from '@context-sdk/ado-client';
import { isDraft, mailSearch, type Message, readMail, type Thread } from '@context-sdk/google-workspace';
import { addDays, dayOf, isDay, isObject, startOfDay } from '@context-sdk/oauth-core/client-kit';
import { type Task, taskDays, taskTimes } from '@context-sdk/ticktick-client';
import { firstOpenWorkItems, USUAL_CLOSED_STATES } from '../../agenda/open-work-items.ts';
import { readEvents } from '../../agenda/read-events.ts';
import { UserClients } from '../../connections/user-clients.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import type { ToolInputs } from '../input/inputs.ts';
import { missingCalendars, missingTasks } from '../text/agenda-text.ts';
import { eventLine, isEventByOthers } from '../text/event-text.ts';
import { foreignText } from '../text/foreign-text.ts';
import { line } from '../text/line.ts';
import { taskLine } from '../text/task-text.ts';
import { personText, unsentOrGone } from '../text/thread-text.ts';
import { dayAndTime, withTotal } from '../text/view.ts';
import { workItemLine } from '../text/work-item-text.ts';
import { type ReadDefinition, readTool, type ToolCall } from './definition.ts';

const LIMIT = 20;

/** Days ahead that events are looked for in. */
const EVENT_DAYS = 60;

/** Work items that are counted. */
const MAX_WORK_ITEMS = 200;

type Query = ToolInputs['find'];

/** Open tasks, events, mails or work items by words and days. */
export const FIND: ReadDefinition = readTool({
  name: 'find',
  title: 'Find',
  description: 'Open tasks, events, mails or work items by words and days.',
  providers: ['ticktick', 'google', 'azure-devops'],
  async read(tool, query) {
    if (query.from !== null && query.to !== null && query.to < query.from) {
      throw invalidInput('to', 'is before from');
    }
    switch (query.kind) {
      case 'tasks':
        return await findTasks(tool, query);
      case 'events':
        return await findEvents(tool, query);
      case 'mails':
        return await findMails(tool, query);
      default:
        return await findWorkItems(tool, query);
    }
  },
});

async function findTasks(tool: ToolCall, { text, from, to, limit }: Query): Promise<string> {
  const listing = tool.user.ticktick.tasks.listOpen(tool.call);
  const tasks = await listing.toArray();
  const found = tasks.filter((task) =>
    hasWords(text, task.title, task.content, task.desc, task.tags?.join(' ')),
  );
  const due = found.filter((task) => isWithin(dueDay(task, tool.timeZone), from, to));
  const sorted = due.toSorted((a, b) => compareDays(dueDay(a, tool.timeZone), dueDay(b, tool.timeZone)));
  const shown = sorted.slice(0, limit ?? LIMIT);
  await tool.taintByTasks(shown);
  const targets = shown.map(({ id, projectId }) => ({ kind: 'task', id, within: projectId }) as const);
  const view = await tool.view(targets, { maxItems: limit ?? LIMIT });
  const lines = shown.map((task) => taskLine(task, view));
  return [withTotal(lines, sorted.length, view), ...missingTasks(listing.skipped)].join('\n');
}

async function findEvents(tool: ToolCall, { text, from, to, limit }: Query): Promise<string> {
  const { timeZone, user, call } = tool;
  const first = from ?? dayOf(Date.now(), timeZone);
  if (to !== null && to < first) throw invalidInput('to', 'is before today, and from is null');
  const window = {
    from: new Date(startOfDay(first, timeZone)),
    to: new Date(startOfDay(to === null ? addDays(first, EVENT_DAYS) : addDays(to, 1), timeZone)),
    timeZone,
    call,
    signal: call.signal,
    region: undefined,
    useSprintEnd: false,
  };
  const { events, errors } = await readEvents(user.calendar, window, undefined);
  const found = events.filter(({ event: { summary, location, description } }) =>
    hasWords(text, summary, location, description),
  );
  const sorted = found.toSorted((a, b) => compareDays(a.day, b.day) || time(a.start) - time(b.start));
  const shown = sorted.slice(0, limit ?? LIMIT);
  const targets = shown.map(
    ({ event, calendarId }) => ({ kind: 'event', id: event.id, within: calendarId }) as const,
  );
  if (shown.some(({ event }) => isEventByOthers(event))) tool.taint();
  const view = await tool.view(targets, { maxItems: limit ?? LIMIT });
  const lines = shown.map(({ event, calendarId }) => eventLine(event, calendarId, view));
  return [withTotal(lines, sorted.length, view), ...missingCalendars(errors)].join('\n');
}

async function findMails(tool: ToolCall, { text, from, to, limit }: Query): Promise<string> {
  const { gmail } = tool.user;
  const maxItems = limit ?? LIMIT;
  const q = mailQuery({ text, from, to });
  const ids: string[] = [];
  let isMore = false;
  for await (const { id } of gmail.threads.list({ ...tool.call, q, maxResults: maxItems })) {
    if (ids.length === maxItems) {
      isMore = true;
      break;
    }
    ids.push(id);
  }
  if (ids.length === 0) return 'None.';
  tool.taint();
  const outcomes = await gmail.threads.getMany(ids, { ...tool.call, format: 'metadata' });
  const threads = outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [outcome.thread] : []));
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [] : [outcome.error]));
  if (threads.length === 0 && errors[0] !== undefined) throw errors[0];
  const view = await tool.view(threads.map(({ id }) => ({ kind: 'thread', id }) as const));
  const lines = await Promise.all(
    threads.map(async (thread) => mailLine(thread, view.handleOf({ kind: 'thread', id: thread.id }), tool)),
  );
  const unread = errors.length > 0 ? [`${errors.length} more could not be read.`] : [];
  return [...lines, ...unread, ...(isMore ? ['There are more: use more words or days.'] : [])].join('\n');
}

/** Words are searched as Gmail does. `undefined` finds all mails. */
function mailQuery({ text, from, to }: Pick<Query, 'text' | 'from' | 'to'>): string | undefined {
  if (text === null && from === null && to === null) return undefined;
  return mailSearch({
    text: text ?? undefined,
    after: from ?? undefined,
    before: to === null ? undefined : addDays(to, 1),
  });
}

async function mailLine(thread: Thread, handle: string, { timeZone }: ToolCall): Promise<string> {
  const all = Array.isArray(thread.messages) ? thread.messages.filter(isReadable) : [];
  const messages = all.filter((one) => unsentOrGone(one) === '');
  const message = messages.at(-1) ?? all.at(-1);
  if (message === undefined) return handle;
  const { from, subject, date } = await readMail(message);
  const isUnread = messages.some(({ labelIds }) => Array.isArray(labelIds) && labelIds.includes('UNREAD'));
  const count = messages.length > 1 ? `(${messages.length})` : '';
  const when = date === undefined ? '' : dayAndTime(date, timeZone);
  const state = unsentOrGone(message) || (all.some(isDraft) ? 'with a draft' : '');
  const about = `${from === undefined ? '' : personText(from)}: ${foreignText(subject, 90)}`;
  return `${line`${handle} ${when} ${isUnread ? 'unread' : ''} ${count} ${state}`} ${about}`.trim();
}

function isReadable(message: unknown): message is Message {
  return isObject(message) && isObject(message['payload']);
}

async function findWorkItems(tool: ToolCall, { text, from, to, limit }: Query): Promise<string> {
  const client = await tool.user.azureDevOps();
  let condition = text === null ? wiql`[System.AssignedTo] = @Me` : wiql`[System.Title] CONTAINS ${text}`;
  if (from !== null) condition = wiql`${condition} AND [System.ChangedDate] >= ${from}`;
  if (to !== null) condition = wiql`${condition} AND [System.ChangedDate] <= ${to}`;
  const query = wiql`SELECT [System.Id] FROM WorkItems
    WHERE ${condition} AND [System.State] NOT IN (${USUAL_CLOSED_STATES}) ORDER BY [System.ChangedDate] DESC`;
  // The items are read for the account that they were found for.
  const grantId = await UserClients.grantIdAt(tool.user, 'azure-devops', tool.call.signal);
  const items = await firstOpenWorkItems(client, query, MAX_WORK_ITEMS, { ...tool.call, grantId });
  if (items.length > 0) tool.taint();
  const maxItems = limit ?? LIMIT;
  const view = await tool.view([], { maxItems });
  return withTotal(items.slice(0, maxItems).map(workItemLine), items.length, view);
}

function hasWords(text: string | null, ...fields: readonly unknown[]): boolean {
  if (text === null) return true;
  const all = fields
    .filter((field) => typeof field === 'string')
    .join('\n')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** The last day of a task, or `undefined` for one without a date. */
export function dueDay(task: Task, timeZone: string): string | undefined {
  if (task.isAllDay) return taskDays(task)?.last;
  const { start, due = start } = taskTimes(task, timeZone);
  return due === undefined ? undefined : dayOf(due.getTime(), timeZone);
}

function isWithin(day: string | undefined, from: string | null, to: string | null): boolean {
  if (from === null && to === null) return true;
  return isDay(day) && (from === null || day >= from) && (to === null || day <= to);
}

/** What has no day is last. */
function compareDays(a: string | undefined, b: string | undefined): number {
  const [left, right] = [a ?? '9999', b ?? '9999'];
  return left < right ? -1 : Number(left > right);
}

function time(start: Date | undefined): number {
  return start?.getTime() ?? 0;
}
