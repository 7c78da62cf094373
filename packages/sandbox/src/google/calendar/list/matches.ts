import { isJsonObject, type JsonObject } from '../../../json.ts';
import { attendeesOf } from '../input/attendees.ts';
import { eventTypeOf } from '../input/event-fields.ts';
import { hidesDetails } from '../read/event-to-wire.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import { HORIZON_MS, instancesOf } from '../store/instances.ts';
import { isRecurring, type StoredEvent } from '../store/stored-event.ts';
import { instantOf } from '../time/moment.ts';
import type { ListQuery } from './list-query.ts';

/** Whether an event is what the query looks for; deleted or not is another question. */
export function matches(event: StoredEvent, query: ListQuery, calendar: CalendarData): boolean {
  const { fields } = event;
  return (
    (query.updatedMin === undefined || event.updated >= query.updatedMin) &&
    (query.iCalUID === undefined || event.iCalUID === query.iCalUID) &&
    (query.eventTypes.length === 0 || query.eventTypes.includes(eventTypeOf(fields))) &&
    hasDetails(event, query) &&
    isInRange(event, query, calendar)
  );
}

function hasDetails(event: StoredEvent, query: ListQuery): boolean {
  const { words, privateProperties, sharedProperties, role } = query;
  if (hidesDetails(event, role))
    return words.length + privateProperties.length + sharedProperties.length === 0;
  return (
    hasProperties(event.fields, 'private', privateProperties) &&
    hasProperties(event.fields, 'shared', sharedProperties) &&
    hasWords(event, words)
  );
}

/** When instances need not be looked for any further. */
export function expansionEnd({ timeMin, timeMax }: ListQuery, calendar: CalendarData): number {
  return timeMax ?? Math.max(calendar.now(), timeMin ?? 0) + HORIZON_MS;
}

/** It ends after `timeMin` and begins before `timeMax`; a series counts if one of its instances does. */
function isInRange(event: StoredEvent, query: ListQuery, calendar: CalendarData): boolean {
  const { timeMin, timeMax } = query;
  if (timeMin === undefined && timeMax === undefined) return true;
  const concrete = isRecurring(event) ? instancesOf(calendar, event, expansionEnd(query, calendar)) : [event];
  return concrete.some(
    ({ start, end }) =>
      (timeMin === undefined || instantOf(end, calendar.timeZone) > timeMin) &&
      (timeMax === undefined || instantOf(start, calendar.timeZone) < timeMax),
  );
}

function hasProperties(fields: JsonObject, kind: string, constraints: readonly string[]): boolean {
  const { extendedProperties } = fields;
  const properties = isJsonObject(extendedProperties) ? extendedProperties[kind] : undefined;
  return constraints.every((constraint) => {
    const at = constraint.indexOf('=');
    return isJsonObject(properties) && properties[constraint.slice(0, at)] === constraint.slice(at + 1);
  });
}

function hasWords({ fields, organizer }: StoredEvent, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const guests = attendeesOf(fields).flatMap(({ email, displayName }) => [email, displayName]);
  const { summary, description, location } = fields;
  const searched = [summary, description, location, organizer.email, organizer.displayName, ...guests];
  const text = searched
    .filter((value) => typeof value === 'string')
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
