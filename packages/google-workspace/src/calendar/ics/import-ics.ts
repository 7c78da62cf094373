import { type BulkOutcome, mayHaveHappened } from '@context-sdk/oauth-core/client-kit';
import { ContextSdkError } from '@context-sdk/oauth-core/errors';
import type { EventOptions } from '../events/event-input.ts';
import { checkedCalendarId } from '../events/event-requests.ts';
import { patchRequest } from '../events/event-writes.ts';
import type { CalendarEvent } from '../events/event.ts';
import { instanceAt } from '../events/instance-at.ts';
import type { CalendarCall } from '../operations.ts';
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
        target === undefined || originalStart === undefined
          ? await importOne(call, calendarId, event)
          : await changeInstance(call, calendarId, { series: target, originalStart, body });
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

async function importOne(
  call: CalendarCall,
  calendarId: string,
  { iCalUID, body }: ImportedEvent,
): Promise<CalendarEvent> {
  const response = await call.send('events.import', { params: { calendarId }, json: { ...body, iCalUID } });
  return response.object<CalendarEvent>({ id: 'string' });
}

async function changeInstance(
  call: CalendarCall,
  calendarId: string,
  {
    series,
    originalStart,
    body,
  }: { series: CalendarEvent; originalStart: string; body: ImportedEvent['body'] },
): Promise<CalendarEvent> {
  const instance = await instanceAt(call, { calendarId, eventId: series.id }, originalStart);
  // An instance that its own series doesn't have stands alone.
  if (instance === undefined)
    return await importOne(call, calendarId, { iCalUID: `${series.iCalUID}/${originalStart}`, body });
  const { organizer: _, ...changes } = body;
  const request = patchRequest(instance.id, changes, { calendarId, sendUpdates: 'none' });
  return (await call.send('events.patch', request)).object<CalendarEvent>({ id: 'string' });
}
