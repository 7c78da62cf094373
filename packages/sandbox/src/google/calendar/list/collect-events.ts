import { eventTypeOf } from '../input/event-fields.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import { HORIZON_MS, instancesOf } from '../store/instances.ts';
import { isRecurring, type StoredEvent } from '../store/stored-event.ts';
import { instantOf } from '../time/moment.ts';
import type { ListQuery } from './list-query.ts';
import { expansionEnd, matches } from './matches.ts';

/** Every event that a list without sync token has, in its order. */
export function collectEvents(calendar: CalendarData, query: ListQuery): StoredEvent[] {
  const candidates = query.singleEvents ? expanded(calendar, query) : [...calendar.events.values()];
  const found = candidates.filter(
    (event) => isVisible(event, query, calendar) && matches(event, query, calendar),
  );
  return inOrder(found, query.orderBy, calendar);
}

/** Single events, and the instances of series in their place. */
function expanded(calendar: CalendarData, query: ListQuery): StoredEvent[] {
  return [...calendar.events.values()].flatMap((event) => {
    if (event.series) return [];
    return isRecurring(event) ? instancesOf(calendar, event, expansionEnd(query, calendar)) : [event];
  });
}

/**
 * Deleted events show by `showDeleted` or `updatedMin`; a cancelled instance of a living series always does where series
 * are not expanded, since it belongs to the series.
 */
function isVisible(event: StoredEvent, query: ListQuery, calendar: CalendarData): boolean {
  const masterGone = event.series && calendar.events.get(event.series.id)?.status === 'cancelled';
  if (event.status !== 'cancelled' && !masterGone) return true;
  if (query.showDeleted || query.updatedMin !== undefined) return true;
  return !query.singleEvents && event.series !== undefined && !masterGone;
}

function inOrder(
  events: readonly StoredEvent[],
  orderBy: ListQuery['orderBy'],
  calendar: CalendarData,
): StoredEvent[] {
  if (orderBy === 'updated') return events.toSorted((a, b) => a.updated - b.updated);
  if (orderBy === undefined) return [...events];
  const startOf = ({ start }: StoredEvent): number => instantOf(start, calendar.timeZone);
  return events.toSorted((a, b) => startOf(a) - startOf(b));
}

/** Every event that changed after that revision, deleted ones too. Of a series that is expanded, every instance. */
export function collectChanges(calendar: CalendarData, query: ListQuery, since: number): StoredEvent[] {
  return [...calendar.events.values()]
    .filter((event) => event.revision > since && fitsType(event, query))
    .flatMap((event) => {
      if (!query.singleEvents || !isRecurring(event)) return [event];
      const instances = instancesOf(calendar, event, calendar.now() + HORIZON_MS);
      return [...instances, ...retiredInstances(event, since)];
    })
    .filter((event, index, all) => all.findIndex(({ id }) => id === event.id) === index);
}

function fitsType({ fields }: StoredEvent, { eventTypes }: ListQuery): boolean {
  return eventTypes.length === 0 || eventTypes.includes(eventTypeOf(fields));
}

function retiredInstances(master: StoredEvent, since: number): StoredEvent[] {
  return [...master.retired]
    .filter(([, { revision }]) => revision > since)
    .map(([id, { originalStart }]) => ({
      ...master,
      id,
      status: 'cancelled',
      recurrence: [],
      series: { id: master.id, originalStart },
    }));
}
