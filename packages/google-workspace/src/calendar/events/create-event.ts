import { ConflictError, NotFoundError, oneDeadline } from '@context-sdk/oauth-core';
import type { Writing } from '../../library/calendar-library.ts';
import type { CalendarRequests } from '../calendar-requests.ts';
import { invalid, SERVICE } from '../invalid.ts';
import { checkFields } from './checks/check-fields.ts';
import { checkedTimes } from './checks/checked-times.ts';
import type { CalendarEvent } from './event.ts';
import { checkedNewId, eventIdOf, randomEventId } from './event-id.ts';
import type { NewEventInput } from './event-input.ts';
import type { CreateOptions } from './event-options.ts';
import { hasMark, withMark } from './request-mark.ts';
import { checkedSendUpdates, writeParameters } from './write-parameters.ts';

interface Creation {
  parameters: Writing & { calendarId: string };
  body: object & { id: string };
  mark: string;
  /** Whether the id belongs to a key, so that a deleted event with it is the one that is meant. */
  isKeyed: boolean;
}

/** Creates an event once, however often it is asked for. */
export async function createEvent(
  requests: CalendarRequests,
  event: NewEventInput,
  options: CreateOptions,
): Promise<CalendarEvent> {
  const creation = await prepare(event, options);
  const { parameters, body } = creation;
  const call = oneDeadline(options, SERVICE);
  try {
    const answer = await requests.call('events.insert', call, (api, library) =>
      api.events.insert({ ...parameters, requestBody: body }, library),
    );
    return answer.object<CalendarEvent>('id');
  } catch (error) {
    if (!(error instanceof ConflictError) || error.serviceCode !== 'duplicate') throw error;
    return await settle(requests, creation, call, error);
  }
}

async function prepare(event: NewEventInput, options: CreateOptions): Promise<Creation> {
  checkFields(event);
  if ('iCalUID' in event) throw invalid('iCalUID', 'can not be chosen: the event is given an id');
  if (event.attendees?.length) {
    checkedSendUpdates(options.sendUpdates, ', since the event has attendees');
  } else if (options.sendUpdates !== undefined) checkedSendUpdates(options.sendUpdates);
  const times = checkedTimes(event);
  const parameters = writeParameters(event, options);
  const { id, isKeyed } = await idFor(event.id, options.key);
  const mark = isKeyed ? id : randomEventId();
  return { parameters, body: { ...withMark(event, mark), ...times, id }, mark, isKeyed };
}

async function idFor(
  id: string | undefined,
  key: string | undefined,
): Promise<{ id: string; isKeyed: boolean }> {
  if (id !== undefined && key !== undefined) throw invalid('key', 'and id are not both needed');
  if (key !== undefined) return { id: await eventIdOf(key), isKeyed: true };
  return { id: id === undefined ? randomEventId() : checkedNewId(id), isKeyed: false };
}

/** The id is taken: by this very call or key, by an event that was deleted since, or by somebody else. */
async function settle(
  requests: CalendarRequests,
  { parameters, body, mark, isKeyed }: Creation,
  call: CreateOptions | undefined,
  conflict: ConflictError,
): Promise<CalendarEvent> {
  const place = { calendarId: parameters.calendarId, eventId: body.id };
  const existing = await existingEvent(requests, place, call);
  if (existing === undefined) throw conflict;
  if (existing.status !== 'cancelled') {
    if (hasMark(existing, mark)) return existing;
    throw conflict;
  }
  if (!isKeyed) throw conflict;
  const answer = await requests.call('events.update', call, (api, library) =>
    api.events.update({ ...parameters, ...place, requestBody: { status: 'confirmed', ...body } }, library),
  );
  return answer.object<CalendarEvent>('id');
}

async function existingEvent(
  requests: CalendarRequests,
  place: { calendarId: string; eventId: string },
  call: CreateOptions | undefined,
): Promise<CalendarEvent | undefined> {
  try {
    const answer = await requests.call('events.get', call, (api, library) => api.events.get(place, library));
    return answer.object<CalendarEvent>('id');
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
