import type { JsonObject } from '../../../json.ts';
import { readEventContent, readEventIds } from '../input/event-content.ts';
import { withoutNulls } from '../input/merge-patch.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { Person, StoredEvent } from '../store/stored-event.ts';
import { guardedFields } from './guarded-fields.ts';
import { notifyGuests, type Writer } from './writer.ts';

/** Puts a new event on the calendar. By default its organizer is the calendar's owner. */
export function insertEvent(writer: Writer, body: JsonObject, organizer?: Person): StoredEvent {
  const { account, calendar, options } = writer;
  const clean = withoutNulls(body);
  const content = readEventContent(clean, calendar);
  const event: StoredEvent = {
    ...readEventIds(clean, calendar),
    ...content,
    fields: guardedFields(content.fields, {}, options, true),
    created: calendar.now(),
    updated: calendar.now(),
    creator: { email: account.email, displayName: account.name },
    organizer: organizer ?? ownerOf(calendar),
    series: undefined,
    sequence: 0,
    revision: 0,
    retired: new Map(),
  };
  calendar.save(event);
  notifyGuests(writer, event, 'invitation');
  return event;
}

/** A primary calendar is its owner's; any other organizes in its own name. */
export function ownerOf({ id, isPrimary, owner, summary }: CalendarData): Person {
  return { email: id, displayName: isPrimary ? owner.name : summary };
}
