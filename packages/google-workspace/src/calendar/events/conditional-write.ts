import { isObject, mayHaveHappened, unlessFailed } from '@context-sdk/oauth-core/client-kit';
import { ConflictError } from '@context-sdk/oauth-core/errors';
import type { LibraryRequest } from '../../wire.ts';
import type { CalendarCall } from '../operations.ts';
import { readInstant } from '../times/read-instant.ts';
import type { CalendarEvent } from './event.ts';

/** What a replacement clears if it is left out. */
const CLEARED = [
  'summary',
  'description',
  'location',
  'attendees',
  'recurrence',
  'colorId',
  'transparency',
  'visibility',
  'extendedProperties',
  'source',
  'attachments',
];

/** What Google leaves out of an event. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  status: 'confirmed',
  transparency: 'opaque',
  visibility: 'default',
  eventType: 'default',
};

/**
 * Sends a change that is for one version of an event. If its response is lost, it is sent again; refused then, the event itself
 * shows whether that is because of this very change. What can't be recognized is somebody else's, a {@link ConflictError}.
 */
export async function writeConditionally(
  call: CalendarCall,
  name: 'events.patch' | 'events.replace',
  request: LibraryRequest,
): Promise<CalendarEvent> {
  try {
    return eventIn(await call.send(name, request, { safety: 'unsafe' }));
  } catch (lost) {
    if (!mayHaveHappened(lost) || call.signal?.aborted) throw lost;
    return await settleWrite(call, name, request, lost);
  }
}

/** What became of a change whose response was lost: it is sent again, and the event is read if that is refused. */
export async function settleWrite(
  call: CalendarCall,
  name: 'events.patch' | 'events.replace',
  request: LibraryRequest,
  lost: unknown,
): Promise<CalendarEvent> {
  try {
    return eventIn(await call.send(name, request));
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const { calendarId, eventId, maxAttendees } = request.params ?? {};
    const params = { calendarId, eventId, maxAttendees };
    const read = await unlessFailed(call.send('events.get', { params }), call);
    if (read === undefined) throw lost;
    const event = eventIn(read);
    const cleared = name === 'events.replace' ? clearedBy(request) : [];
    if (isWritten(request.json ?? {}, event, cleared)) return event;
    throw error;
  }
}

function eventIn(response: Awaited<ReturnType<CalendarCall['send']>>): CalendarEvent {
  return response.object<CalendarEvent>({ id: 'string' });
}

/** A replacement that doesn't say that it knows of attachments leaves them. */
function clearedBy({ params }: LibraryRequest): readonly string[] {
  return CLEARED.filter((field) => field !== 'attachments' || params?.['supportsAttachments'] === true);
}

/** Whether an event is as it was to be written, `cleared` being what is gone unless it was written. */
function isWritten(json: object, event: CalendarEvent, cleared: readonly string[]): boolean {
  const stored = new Map<string, unknown>(Object.entries(event));
  const written = new Map<string, unknown>(Object.entries(json).filter(([, value]) => value !== undefined));
  for (const field of cleared) if (!written.has(field)) written.set(field, null);
  return [...written].every(
    ([field, value]) => holds(stored.get(field), value) || (!stored.has(field) && value === DEFAULTS[field]),
  );
}

/** Whether a stored value is what was written, or more: Google adds what it knows. */
function holds(stored: unknown, written: unknown): boolean {
  if (isNone(written)) return isEmpty(stored);
  if (Array.isArray(written)) {
    if (written.length === 0) return isEmpty(stored);
    return (
      Array.isArray(stored) &&
      stored.length === written.length &&
      written.every((item, index) => holds(stored[index], item))
    );
  }
  if (isObject(written)) {
    const { dateTime, ...rest } = written;
    return (
      isObject(stored) &&
      (isNone(dateTime) ? isNone(stored['dateTime']) : momentOf(written) === momentOf(stored)) &&
      Object.entries(rest).every(([name, value]) => holds(stored[name], value))
    );
  }
  return stored === written || (written === '' && isEmpty(stored));
}

/** Google writes times with the offset of their calendar. */
function momentOf({ dateTime, timeZone }: Readonly<Record<string, unknown>>): unknown {
  return readInstant(dateTime, timeZone) ?? dateTime;
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null;
}

function isEmpty(value: unknown): boolean {
  return isNone(value) || value === '' || (Array.isArray(value) && value.length === 0);
}
