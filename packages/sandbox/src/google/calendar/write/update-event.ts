import type { JsonObject } from '../../../json.ts';
import { forbidden, invalid } from '../../api/failures.ts';
import { readEventContent } from '../input/event-content.ts';
import { eventTypeOf } from '../input/event-fields.ts';
import { mergePatch, withoutNulls } from '../input/merge-patch.ts';
import { writableOf } from '../read/writable.ts';
import type { EventContent, StoredEvent } from '../store/stored-event.ts';
import { checkSharedProperties } from './check-shared-properties.ts';
import { guardedFields } from './guarded-fields.ts';
import { notifyGuests } from './notify-guests.ts';
import { retireInstances } from './retire-instances.ts';
import type { Writer } from './writer.ts';

/** PATCH: null removes, arrays are replaced. */
export function patchEvent(writer: Writer, event: StoredEvent, body: JsonObject): StoredEvent {
  return change(writer, event, mergePatch(writableOf(event), body), false);
}

/** PUT: what the body does not have is gone. A deleted event comes back only where the body says its status. */
export function replaceEvent(writer: Writer, event: StoredEvent, body: JsonObject): StoredEvent {
  const gone = event.status === 'cancelled' ? { status: 'cancelled' } : {};
  return change(writer, event, { ...gone, ...withoutNulls(body) }, true);
}

function change(writer: Writer, event: StoredEvent, body: JsonObject, replaces: boolean): StoredEvent {
  const { calendar, options } = writer;
  const content = readEventContent(body, calendar);
  const fields = guardedFields(content.fields, event.fields, options, replaces);
  const next: EventContent = { ...content, fields };
  checkChange(event, next);
  if (!writer.anything) checkSharedProperties(event, next, calendar);
  const before = { ...event };
  Object.assign(event, next, { sequence: event.sequence + (isRescheduled(before, next) ? 1 : 0) });
  calendar.save(event);
  retireInstances(calendar, before, event);
  notifyGuests(writer, event, next.status === 'cancelled' ? 'cancellation' : 'update');
  return event;
}

function checkChange(event: StoredEvent, next: EventContent): void {
  if (event.status === 'cancelled' && next.status === 'cancelled') throw forbidden();
  if (event.series && next.recurrence.length > 0) throw invalid('Recurrence of an instance cannot be set.');
  if (eventTypeOf(event.fields) !== eventTypeOf(next.fields))
    throw invalid('The event type cannot be changed.');
}

function isRescheduled(before: EventContent, next: EventContent): boolean {
  const times = ({ start, end, recurrence }: EventContent): string =>
    JSON.stringify([start, end, recurrence]);
  return times(before) !== times(next);
}
