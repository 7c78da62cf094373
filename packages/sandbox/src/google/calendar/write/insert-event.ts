import type { JsonObject } from '../../../json.ts';
import { invalid } from '../../api/failures.ts';
import { readEventContent, readEventIds } from '../input/event-content.ts';
import { eventTypeOf } from '../input/event-fields.ts';
import { withoutNulls } from '../input/merge-patch.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { EventContent, Person, StoredEvent } from '../store/stored-event.ts';
import { announceChange } from './announce-change.ts';
import { guardedFields } from './guarded-fields.ts';
import type { Writer } from './writer.ts';

/** Puts a new event on the calendar. By default its organizer is the calendar's owner. */
export function insertEvent(writer: Writer, body: JsonObject, organizer?: Person): StoredEvent {
  const { account, calendar, options } = writer;
  const clean = withoutNulls(body);
  const content = readEventContent(clean, calendar);
  if (!writer.anything) checkNewType(content, calendar);
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
  announceChange(writer, event, 'invitation');
  return event;
}

/** Types that live on a user's primary calendar alone. */
const PRIMARY_TYPES: ReadonlySet<string> = new Set(['focusTime', 'outOfOffice', 'workingLocation']);

/**
 * What no client can create: events of Gmail's own, some types elsewhere than on a primary calendar, and birthdays that aren't a
 * day of every year. https://developers.google.com/workspace/calendar/api/guides/event-types#birthday
 */
function checkNewType({ fields, recurrence, start }: EventContent, { isPrimary }: CalendarData): void {
  const type = eventTypeOf(fields);
  if (type === 'fromGmail') throw invalid('Events of type fromGmail cannot be created.');
  if (PRIMARY_TYPES.has(type) && !isPrimary) {
    throw invalid(`Events of type ${type} can only be created on a primary calendar.`);
  }
  if (type !== 'birthday') return;
  const isYearly = recurrence.some((line) => /^RRULE:(?:.*;)?FREQ=YEARLY/i.test(line));
  if (!isYearly || !('date' in start)) throw invalid('A birthday must be a day and recur yearly.');
}

/** A primary calendar is its owner's; any other organizes in its own name. */
export function ownerOf({ id, isPrimary, owner, summary }: CalendarData): Person {
  return { email: id, displayName: isPrimary ? owner.name : summary };
}
