import { occurrencesOf } from '../recurrence/occurrences.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import { HORIZON_MS, instanceId } from '../store/instances.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import type { Moment } from '../time/moment.ts';

/** After a series changed: instances that it no longer has are gone, with what was special about them. */
export function retireInstances(calendar: CalendarData, before: StoredEvent, master: StoredEvent): void {
  if (before.recurrence.length === 0) return;
  const after = startsById(calendar, master);
  for (const id of after.keys()) master.retired.delete(id);
  for (const [id, originalStart] of startsById(calendar, before)) {
    if (after.has(id)) continue;
    master.retired.set(id, { originalStart, revision: master.revision });
    calendar.events.delete(id);
  }
}

function startsById(calendar: CalendarData, { id, start, recurrence }: StoredEvent): Map<string, Moment> {
  if (recurrence.length === 0) return new Map();
  const starts = occurrencesOf(start, recurrence, calendar.now() + HORIZON_MS);
  return new Map(starts.map((one) => [instanceId({ id }, one), one]));
}
