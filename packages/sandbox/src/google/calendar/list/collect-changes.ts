import { eventTypeOf } from '../input/event-fields.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import { HORIZON_MS, instancesOf } from '../store/instances.ts';
import { isRecurring, type StoredEvent } from '../store/stored-event.ts';
import type { ListQuery } from './list-query.ts';

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
