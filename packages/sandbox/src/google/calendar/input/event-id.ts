import type { JsonObject } from '../../../json.ts';
import { duplicate, invalid } from '../../api/failures.ts';
import type { CalendarData } from '../store/calendar-data.ts';

/** The ids of a new event: the client's own or new ones. The id of a deleted event stays taken. */
export function readEventIds(body: JsonObject, calendar: CalendarData): { id: string; iCalUID: string } {
  const { id = calendar.newId(), iCalUID } = body;
  if (body['id'] !== undefined && iCalUID !== undefined)
    throw invalid('Only one of id and iCalUID is allowed.');
  if (typeof id !== 'string' || !/^[a-v0-9]{5,1024}$/.test(id)) throw invalid('Invalid resource id value.');
  if (iCalUID !== undefined && (typeof iCalUID !== 'string' || iCalUID === '')) {
    throw invalid('Invalid iCalUID value.');
  }
  const uid = iCalUID ?? `${id}@google.com`;
  const taken = [...calendar.events.values()].some((event) => event.id === id || event.iCalUID === uid);
  if (taken) throw duplicate();
  return { id, iCalUID: uid };
}
