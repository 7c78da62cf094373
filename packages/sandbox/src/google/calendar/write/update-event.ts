import { isJsonObject, type JsonObject, stringOf } from '../../../json.ts';
import { forbidden, forbiddenForNonOrganizer, invalid } from '../../api/failures.ts';
import { attendeesOf, hasAddress } from '../input/attendees.ts';
import { readEventContent } from '../input/event-content.ts';
import { eventTypeOf } from '../input/event-fields.ts';
import { mergePatch, withoutNulls } from '../input/merge-patch.ts';
import { writableOf } from '../read/event-to-wire.ts';
import { occurrencesOf } from '../recurrence/occurrences.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import { HORIZON_MS, instanceId } from '../store/instances.ts';
import type { EventContent, StoredEvent } from '../store/stored-event.ts';
import type { Moment } from '../time/moment.ts';
import { announceChange } from './announce-change.ts';
import { guardedFields } from './guarded-fields.ts';
import { OWN_FIELDS } from './invitations.ts';
import type { Writer } from './writer.ts';

/** PATCH: null removes, arrays are replaced. */
export function patchEvent(writer: Writer, event: StoredEvent, body: JsonObject): StoredEvent {
  const changes = body['attendeesOmitted'] === true ? withOmittedGuests(event, body) : body;
  return change(writer, event, mergePatch(writableOf(event), changes), false);
}

/** `attendeesOmitted`: the guests that are named are changed, the others stay (discovery). */
function withOmittedGuests(event: StoredEvent, body: JsonObject): JsonObject {
  const changed = attendeesOf(body);
  const attendees = attendeesOf(event.fields).map((guest) => ({
    ...guest,
    ...changed.find((one) => hasAddress(one, stringOf(guest['email']))),
  }));
  return { ...body, attendees };
}

/** PUT: what the body does not have is gone. A deleted event comes back only where the body says its status. */
export function replaceEvent(writer: Writer, event: StoredEvent, body: JsonObject): StoredEvent {
  const gone = event.status === 'cancelled' ? { status: 'cancelled' } : {};
  return change(writer, event, { ...gone, ...withoutNulls(body) }, true);
}

function change(writer: Writer, event: StoredEvent, body: JsonObject, replaces: boolean): StoredEvent {
  const { calendar, options } = writer;
  const sequence = readSequence(body, event);
  const content = readEventContent(body, calendar);
  const fields = guardedFields(content.fields, event.fields, options, replaces);
  const next: EventContent = { ...content, fields };
  checkChange(event, next);
  if (!writer.anything) checkSharedProperties(event, next, calendar);
  const before = { ...event };
  Object.assign(event, next, { sequence: sequence + (isRescheduled(before, next) ? 1 : 0) });
  calendar.save(event);
  retireInstances(calendar, before, event);
  announceChange(writer, event, next.status === 'cancelled' ? 'cancellation' : 'update');
  return event;
}

/** A number that the event has passed is refused: somebody has changed it since. */
function readSequence({ sequence }: JsonObject, event: StoredEvent): number {
  if (typeof sequence !== 'number') return event.sequence;
  if (sequence < event.sequence) {
    throw invalid(
      'Invalid sequence value. The specified sequence number is below the current sequence number of the resource. Re-fetch the resource and use its sequence number on the following request.',
    );
  }
  return sequence;
}

function checkChange(event: StoredEvent, next: EventContent): void {
  if (event.status === 'cancelled' && (next.status === 'cancelled' || event.purged)) throw forbidden();
  if (event.series && next.recurrence.length > 0) throw invalid('Recurrence of an instance cannot be set.');
  if (eventTypeOf(event.fields) !== eventTypeOf(next.fields))
    throw invalid('The event type cannot be changed.');
}

function isRescheduled(before: EventContent, next: EventContent): boolean {
  const times = ({ start, end, recurrence }: EventContent): string =>
    JSON.stringify([start, end, recurrence]);
  return times(before) !== times(next);
}

/** A guest may change their own copy and their own answer, nothing that others see. */
function checkSharedProperties(event: StoredEvent, next: EventContent, calendar: CalendarData): void {
  if (event.organizer.email === calendar.id || event.fields['guestsCanModify'] === true) return;
  if (sharedText(event, calendar.id) !== sharedText(next, calendar.id)) throw forbiddenForNonOrganizer();
}

function sharedText({ start, end, recurrence, fields }: EventContent, self: string): string {
  const shared = Object.entries(fields)
    .filter(([name]) => !OWN_FIELDS.has(name) && name !== 'attendees' && name !== 'extendedProperties')
    .toSorted(([a], [b]) => a.localeCompare(b));
  const guests = attendeesOf(fields).map((guest) => (hasAddress(guest, self) ? self : guest));
  return JSON.stringify([start, end, recurrence, shared, guests, sharedExtendedProperties(fields)]);
}

function sharedExtendedProperties({ extendedProperties }: JsonObject): unknown {
  return isJsonObject(extendedProperties) ? extendedProperties['shared'] : undefined;
}

/** After a series changed: instances that it no longer has are gone, with what was special about them. */
function retireInstances(calendar: CalendarData, before: StoredEvent, master: StoredEvent): void {
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
