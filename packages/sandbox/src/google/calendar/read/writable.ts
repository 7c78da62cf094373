import type { JsonObject } from '../../../json.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import { momentToWire } from '../time/moment.ts';

/** What of an event clients may change, in the API's spelling: what a PATCH is merged into. */
export function writableOf({ fields, status, start, end, recurrence }: StoredEvent): JsonObject {
  return {
    ...fields,
    status,
    start: momentToWire(start, zoneOf(start)),
    end: momentToWire(end, zoneOf(end)),
    ...(recurrence.length > 0 && { recurrence: [...recurrence] }),
  };
}

function zoneOf(moment: StoredEvent['start']): string {
  return 'date' in moment ? 'UTC' : moment.timeZone;
}
