import { addDays, dayOf, publicMessageOf, startOfDay, type User } from '@context-sdk/context';
import type { Activity } from '../activity.ts';
import { type AgendaEntry, agendaEntry, SERVICES } from './agenda-entry.ts';
import { type ConnectionRow, connectionRow } from './connection-row.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** What `views/day.ejs` shows. */
export interface Day {
  title: string;
  date: string;
  before: string;
  after: string;
  timeline: Timeline;
  entries: AgendaEntry[];
  undated: number;
  problems: { service: string; message: string }[];
  connections: ConnectionRow[];
  activity: { at: string; time: string; text: string }[];
}

/** The user's zone is their calendar's; without one it is the server's. */
async function zoneOf(user: User): Promise<string> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if ((await user.connections.get('google')).state !== 'connected') return timeZone;
  return (await user.calendar.calendars.get().catch(() => undefined))?.timeZone ?? timeZone;
}

/** One day of a user, read from all services; today unless `wanted` is a day. */
export async function readDay(user: User, history: Activity, wanted: unknown): Promise<Day> {
  const timeZone = await zoneOf(user);
  const isDay = typeof wanted === 'string' && /^\d{4}-\d\d-\d\d$/.test(wanted) && Date.parse(wanted) > 0;
  const date = isDay ? wanted : dayOf(Date.now(), timeZone);
  const midnight = new Date(startOfDay(date, timeZone));
  const range = { from: midnight, to: new Date(startOfDay(addDays(date, 1), timeZone)) };
  const [{ items, undated, errors }, connections, happened] = await Promise.all([
    user.agenda({ ...range, timeZone }),
    user.connections.list(),
    history.of(user.id),
  ]);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return {
    title: new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(date)),
    date,
    before: addDays(date, -1),
    after: addDays(date, 1),
    timeline: timelineOf(items, midnight, timeZone),
    entries: items.map((item, index) => agendaEntry(item, index, timeZone)),
    undated: undated.length,
    problems: Object.entries(errors).map(([source, error]) => ({
      service: SERVICES[source] ?? source,
      message: publicMessageOf(error),
    })),
    connections: connections.map(connectionRow),
    activity: happened.map(({ at, text }) => ({
      at: new Date(at).toISOString(),
      time: clock.format(at),
      text,
    })),
  };
}
