import { isJsonObject, type JsonObject, stringOf } from '../../../json.ts';
import { duplicate, eventTypeRestriction, required } from '../../api/failures.ts';
import type { GoogleCore } from '../../core.ts';
import { eventTypeOf } from '../input/event-fields.ts';
import type { StoredEvent } from '../store/stored-event.ts';
import { insertEvent } from './insert-event.ts';
import { replaceEvent } from './update-event.ts';
import type { Writer } from './writer.ts';

/**
 * `events.import`: a private copy of an event, with its own organizer and guests, none of whom learn of it. The iCalUID says
 * which event it is: importing it again is refused, or brings the copy up to date (gcalcli#784, gcalcli#599).
 */
export function importEvent(
  writer: Writer,
  body: JsonObject,
  secondImport: GoogleCore['secondImport'],
): StoredEvent {
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
  if (existing && secondImport === 'refused') throw duplicate();
  if (existing) return replaceEvent(unseen, existing, { status: 'confirmed', ...body });
  const person =
    isJsonObject(organizer) && typeof organizer['email'] === 'string'
      ? { email: organizer['email'], displayName: stringOf(organizer['displayName']) }
      : undefined;
  return insertEvent(unseen, body, person);
}
