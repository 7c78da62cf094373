import { DAY_MS } from '../../../time/clock.ts';
import { occurrencesOf } from '../recurrence/occurrences.ts';
import { basicTime, instantOf, type Moment } from '../time/moment.ts';
import type { CalendarData } from './calendar-data.ts';
import { isRecurring, type StoredEvent } from './stored-event.ts';

/** How far into the future an endless series is expanded where no `timeMax` says. */
export const HORIZON_MS: number = 2 * 366 * DAY_MS;

/**
 * A series' instances that begin before `before`, some later ones too: as the series has them, and those that differ
 * as they are stored, wherever they were moved.
 */
export function instancesOf(calendar: CalendarData, master: StoredEvent, before: number): StoredEvent[] {
  const starts = occurrencesOf(master.start, master.recurrence, before + DAY_MS);
  const instances = starts.map((start) => instanceAt(calendar, master, start));
  const ids = new Set(instances.map(({ id }) => id));
  const moved = [...calendar.events.values()].filter(
    ({ id, series }) => series?.id === master.id && !ids.has(id),
  );
  return [...instances, ...moved.map((exception) => underMaster(calendar, exception))];
}

/** An event by its id: stored, or an instance of a series. */
export function findEvent(calendar: CalendarData, id: string): StoredEvent | undefined {
  const stored = calendar.events.get(id);
  if (stored) return stored.series ? underMaster(calendar, stored) : stored;
  const [, masterId = '', time = ''] = /^(.+)_(\d{8}(?:T\d{6}Z)?)$/.exec(id) ?? [];
  const master = calendar.events.get(masterId);
  if (!master || !isRecurring(master)) return undefined;
  const day = Date.parse(`${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6, 8)}`);
  const starts = occurrencesOf(master.start, master.recurrence, day + 2 * DAY_MS);
  const start = starts.find((one) => basicTime(one) === time);
  return start && instanceAt(calendar, master, start);
}

export function instanceId(master: { id: string }, start: Moment): string {
  return `${master.id}_${basicTime(start)}`;
}

function instanceAt(calendar: CalendarData, master: StoredEvent, start: Moment): StoredEvent {
  const id = instanceId(master, start);
  const exception = calendar.events.get(id);
  if (exception) return underMaster(calendar, exception);
  return {
    ...master,
    id,
    start,
    end: shifted(master, start),
    recurrence: [],
    series: { id: master.id, originalStart: start },
    retired: new Map(),
  };
}

/** Nothing of a deleted series is left. */
function underMaster(calendar: CalendarData, exception: StoredEvent): StoredEvent {
  const master = calendar.events.get(exception.series?.id ?? '');
  return master?.status === 'cancelled' ? { ...exception, status: 'cancelled' } : exception;
}

/** The end of an instance that begins at `start`: as long as the series' first. */
function shifted(master: StoredEvent, start: Moment): Moment {
  const length = instantOf(master.end, 'UTC') - instantOf(master.start, 'UTC');
  if ('date' in start) {
    return { date: new Date(Date.parse(start.date) + length).toISOString().slice(0, 10) };
  }
  const timeZone = 'date' in master.end ? start.timeZone : master.end.timeZone;
  return { instant: start.instant + length, timeZone };
}
