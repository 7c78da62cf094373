import { type BulkOutcome, mayHaveHappened } from '@context-sdk/oauth-core/client-kit';
import { ContextSdkError } from '@context-sdk/oauth-core/errors';
import { pagesOf } from '../../wire.ts';
import { SERVICE } from '../errors.ts';
import { isTaken } from '../events/create-event.ts';
import type { EventChanges, EventOptions } from '../events/event-input.ts';
import { checkedCalendarId } from '../events/event-requests.ts';
import { patchRequest } from '../events/event-writes.ts';
import type { CalendarEvent } from '../events/event.ts';
import { instanceAt } from '../events/instance-at.ts';
import type { CalendarCall } from '../operations.ts';
import { readInstant } from '../times/read-instant.ts';
import { type ImportedEvent, readIcs } from './parse-ics.ts';

/** Where events are imported to. */
export interface ImportIcsOptions extends EventOptions {
  /** IANA. Of times whose zone this runtime doesn't know, and of floating ones. Default: the calendar text's, or UTC. */
  timeZone?: string | undefined;
}

/** What became of one event of the text, by its `UID`. */
export type ImportOutcome = { iCalUID: string } & BulkOutcome<{ event: CalendarEvent }>;

/** Imports series first, then the instances that differ from them: where their series was not imported, they would take its place. */
export async function importIcs(
  call: CalendarCall,
  ics: string,
  options: ImportIcsOptions,
): Promise<ImportOutcome[]> {
  const calendarId = checkedCalendarId(options);
  const events = await readIcs(ics, options.timeZone);
  const series = new Map<string, CalendarEvent>();
  const outcomes = new Map<object, ImportOutcome>();
  const refused = new Map<string, ContextSdkError>();
  const isInstance = (event: (typeof events)[number]): boolean => 'originalStart' in event;
  const inOrder = events.toSorted((a, b) => Number(isInstance(a)) - Number(isInstance(b)));
  for (const event of inOrder) {
    const { iCalUID } = event;
    if ('error' in event) {
      refused.set(iCalUID, event.error);
      outcomes.set(event, { iCalUID, status: 'failed', error: event.error });
      continue;
    }
    const { originalStart, body } = event;
    const target = originalStart === undefined ? undefined : series.get(iCalUID);
    const refusal = isInstance(event) && target === undefined ? refused.get(iCalUID) : undefined;
    if (refusal !== undefined) {
      outcomes.set(event, { iCalUID, status: 'failed', error: refusal });
      continue;
    }
    try {
      const imported =
        originalStart === undefined
          ? await importOne(call, calendarId, event)
          : await importInstance(call, calendarId, { iCalUID, originalStart, body }, target);
      if (originalStart === undefined) series.set(iCalUID, imported);
      outcomes.set(event, { iCalUID, status: 'ok', event: imported });
    } catch (error) {
      if (!(error instanceof ContextSdkError) || call.signal?.aborted) throw error;
      const status = mayHaveHappened(error) ? 'unknown' : 'failed';
      outcomes.set(event, { iCalUID, status, error });
      if (originalStart === undefined) refused.set(iCalUID, error);
    }
  }
  return events.flatMap((event) => outcomes.get(event) ?? []);
}

/** The instance in the calendar, of a series that the text doesn't have: imported under its `UID`, it would take the series' place. */
async function instanceThere(
  call: CalendarCall,
  calendarId: string,
  { iCalUID, originalStart }: Pick<Instance, 'iCalUID' | 'originalStart'>,
): Promise<CalendarEvent | undefined> {
  const start = readInstant(originalStart);
  for await (const page of pagesOf(SERVICE, call, 'events.list', { calendarId, iCalUID })) {
    for (const event of page.member('items', []).list<CalendarEvent>({ id: 'string' })) {
      if (event.recurrence !== undefined) {
        const found = await instanceAt(call, { calendarId, eventId: event.id }, originalStart);
        if (found !== undefined) return found;
      }
      const { date, dateTime, timeZone } = event.originalStartTime ?? event.start ?? {};
      const isSame = date === undefined ? readInstant(dateTime, timeZone) === start : date === originalStart;
      if (isSame && event.recurrence === undefined) return event;
    }
  }
  return undefined;
}

async function importOne(
  call: CalendarCall,
  calendarId: string,
  { iCalUID, body }: ImportedEvent,
): Promise<CalendarEvent> {
  try {
    const json = { ...body, iCalUID };
    const response = await call.send('events.import', { params: { calendarId }, json });
    return response.object<CalendarEvent>({ id: 'string' });
  } catch (error) {
    // A UID that the calendar knows, by an earlier import or by this one whose response was lost: gcalcli#784.
    const known = isTaken(error) ? await eventOf(call, calendarId, iCalUID) : undefined;
    if (known === undefined) throw error;
    if (known.status === 'cancelled' && body.status === 'cancelled') return known;
    return await patch(call, calendarId, known.id, { ...NOTHING_SAID, ...body });
  }
}

/** What a text that says nothing of these takes from an event. */
const NOTHING_SAID = {
  summary: null,
  description: null,
  location: null,
  transparency: null,
  visibility: null,
  recurrence: null,
  attendees: null,
};

/** The event, or the series, of a UID, if it was deleted, too. */
async function eventOf(
  call: CalendarCall,
  calendarId: string,
  iCalUID: string,
): Promise<CalendarEvent | undefined> {
  for await (const page of pagesOf(SERVICE, call, 'events.list', {
    calendarId,
    iCalUID,
    showDeleted: true,
  })) {
    const events = page.member('items', []).list<CalendarEvent>({ id: 'string' });
    const found = events.find(({ recurringEventId }) => recurringEventId === undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function patch(
  call: CalendarCall,
  calendarId: string,
  eventId: string,
  body: EventChanges & Pick<ImportedEvent['body'], 'organizer'>,
): Promise<CalendarEvent> {
  const { organizer: _, ...changes } = body;
  const request = patchRequest(eventId, changes, { calendarId, sendUpdates: 'none' });
  return (await call.send('events.patch', request)).object<CalendarEvent>({ id: 'string' });
}

type Instance = ImportedEvent & { originalStart: string };

/** Changes an instance of the series that was imported, now or before. One that no series has stands alone. */
async function importInstance(
  call: CalendarCall,
  calendarId: string,
  { iCalUID, originalStart, body }: Instance,
  imported: CalendarEvent | undefined,
): Promise<CalendarEvent> {
  const instance = imported
    ? await instanceAt(call, { calendarId, eventId: imported.id }, originalStart)
    : await instanceThere(call, calendarId, { iCalUID, originalStart });
  if (instance === undefined)
    return await importOne(call, calendarId, { iCalUID: `${iCalUID}/${originalStart}`, body });
  return await patch(call, calendarId, instance.id, body);
}
