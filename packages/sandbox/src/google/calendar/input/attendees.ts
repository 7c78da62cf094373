import { isJsonObject, type JsonObject, type JsonValue, stringOf } from '../../../json.ts';
import { invalid, required } from '../../api/failures.ts';

const RESPONSE_STATUSES = new Set(['needsAction', 'declined', 'tentative', 'accepted']);

/** Every attendee needs an address. */
export function checkAttendees(value: JsonValue | undefined): void {
  if (!Array.isArray(value)) return;
  for (const attendee of value) {
    if (!isJsonObject(attendee)) throw invalid('Invalid value for: attendees');
    const { email, responseStatus } = attendee;
    if (email === undefined) throw required('Missing attendee email.');
    if (typeof email !== 'string' || !/^[^\s@,<>]+@[^\s@,<>]+$/.test(email)) {
      throw invalid('Invalid attendee email.');
    }
    if (responseStatus !== undefined && !RESPONSE_STATUSES.has(stringOf(responseStatus))) {
      throw invalid('Invalid value for: attendees.responseStatus');
    }
  }
}

/** The attendees of an event's fields. */
export function attendeesOf(fields: JsonObject): JsonObject[] {
  const { attendees } = fields;
  return Array.isArray(attendees) ? attendees.filter(isJsonObject) : [];
}

/** Whether an attendee has this address, in whatever case. */
export function hasAddress({ email }: JsonObject, address: string): boolean {
  return stringOf(email).toLowerCase() === address.toLowerCase();
}
