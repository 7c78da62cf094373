import { isJsonObject, type JsonObject, stringOf } from '../../../json.ts';
import { eventTypeRestriction, required } from '../../api/failures.ts';
import { eventTypeOf } from '../input/event-fields.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import { insertEvent } from './insert-event.ts';
import { replaceEvent } from './update-event.ts';
import type { Writer } from './writer.ts';

/**
 * `events.import`: a private copy of an event, with its own organizer and guests, none of whom learn of it. The iCalUID says
 * which event it is: importing it again brings the copy up to date.
 */
export function importEvent(writer: Writer, body: JsonObject): StoredEvent {
  const { iCalUID, organizer } = body;
  if (typeof iCalUID !== 'string' || iCalUID === '') throw required('Missing iCalUID.', 'iCalUID');
  if (eventTypeOf(body) !== 'default') {
    throw eventTypeRestriction('imported');
  }
  const { calendars: _, ...rest } = writer;
  const unseen: Writer = { ...rest, anything: true, options: { ...writer.options, sendUpdates: 'none' } };
  const existing = [...writer.calendar.events.values()].find(
    (event) => event.iCalUID === iCalUID && !event.series,
  );
  if (existing) return replaceEvent(unseen, existing, { status: 'confirmed', ...body });
  const person =
    isJsonObject(organizer) && typeof organizer['email'] === 'string'
      ? { email: organizer['email'], displayName: stringOf(organizer['displayName']) }
      : undefined;
  return insertEvent(unseen, body, person);
}
