import { addDays, dayOf, describeForUser, startOfDay, type User } from '@context-sdk/context';
import type { Activity, Entry } from '../activity.ts';
import { zoneOf } from '../zone-of.ts';
import { type AgendaEntry, agendaEntry } from './agenda-entry.ts';
import { type ConnectionRow, connectionRow } from './connection-row.ts';
import { type Missing, missingOf, providerOf } from './missing.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** What `views/day.ejs` shows. */
export interface Day {
  title: string;
  date: string;
  before: string;
  after: string;
  isToday: boolean;
  timeZone: string;
  /** Whether anything is connected: what an empty day says next depends on it. */
  hasConnections: boolean;
  timeline: Timeline;
  entries: AgendaEntry[];
  undated: number;
  /** What is not on this page, and why. */
  missing: Missing[];
  connections: ConnectionRow[];
  activity: { at: string; time: string; text: string; undo: Entry['undo'] }[];
}

/** Whether the calendar has it: 30 February is none. */
export function isDay(text: string): boolean {
  try {
    startOfDay(text, 'UTC');
    return true;
  } catch {
    return false;
  }
}

/** One day of a user, read from all services; today unless `wanted` is a day. */
export async function readDay(user: User, history: Activity, wanted: unknown): Promise<Day> {
  const timeZone = await zoneOf(user);
  const today = dayOf(Date.now(), timeZone);
  const date = typeof wanted === 'string' && wanted !== '' ? wanted : today;
  const midnight = new Date(startOfDay(date, timeZone));
  const range = { from: midnight, to: new Date(startOfDay(addDays(date, 1), timeZone)) };
  const [{ items, undated, errors }, happened] = await Promise.all([
    user.agenda({ ...range, timeZone }),
    history.of(user.id),
  ]);
  const problems = new Map(
    Object.entries(errors).map(([source, error]) => [providerOf(source), describeForUser(error)]),
  );
  // Behind the agenda, which learns which connections have ended: list and panel say the same.
  const rows = (await user.connections.list()).map((one) => connectionRow(one, problems.get(one.provider)));
  const lastOwn = happened.findIndex(({ isTold }) => !isTold);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return {
    title: new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(date)),
    date,
    before: addDays(date, -1),
    after: addDays(date, 1),
    timeline: timelineOf(items, midnight, timeZone),
    isToday: date === today,
    timeZone,
    hasConnections: rows.some(({ isConnected }) => isConnected),
    entries: items.map((item, index) => agendaEntry(item, index, timeZone)),
    undated: undated.length,
    missing: missingOf(problems, rows),
    connections: rows,
    activity: happened.map(({ at, text, undo }, index) => ({
      at: new Date(at).toISOString(),
      time: clock.format(at),
      text,
      // Only what the user did last: they may have built on what came before. Services tell of that, too, a moment later.
      undo: index === lastOwn ? undo : undefined,
    })),
  };
}
