import { NotFoundError } from '@context-sdk/oauth-core';
import type { CalendarRequests } from '../calendar-requests.ts';
import { checkedCalendarId, checkedId, invalid } from '../invalid.ts';
import { checkFields } from './checks/check-fields.ts';
import { checkedTimeChanges, checkedTimes } from './checks/checked-times.ts';
import type { CalendarEvent } from './event.ts';
import type { EventChanges, EventInput } from './event-input.ts';
import type { ChangeOptions, DeleteOptions, MoveOptions } from './event-options.ts';
import { checkedSendUpdates, conditionalHeaders, writeParameters } from './write-parameters.ts';

export async function patchEvent(
  requests: CalendarRequests,
  eventId: string,
  changes: EventChanges,
  options: ChangeOptions,
): Promise<CalendarEvent> {
  checkFields(changes);
  if (Object.values(changes).every((value) => value === undefined)) throw invalid('changes', 'is empty');
  const requestBody = { ...changes, ...checkedTimeChanges(changes) };
  const { parameters, headers } = checkedChange(eventId, changes, options);
  const answer = await requests.call(
    'events.patch',
    options,
    (api, library) => api.events.patch({ ...parameters, requestBody }, library),
    headers,
  );
  return answer.object<CalendarEvent>('id');
}

export async function replaceEvent(
  requests: CalendarRequests,
  eventId: string,
  event: EventInput,
  options: ChangeOptions,
): Promise<CalendarEvent> {
  checkFields(event);
  const requestBody = { ...event, ...checkedTimes(event) };
  const { parameters, headers } = checkedChange(eventId, event, options);
  const answer = await requests.call(
    'events.update',
    options,
    (api, library) => api.events.update({ ...parameters, requestBody }, library),
    headers,
  );
  return answer.object<CalendarEvent>('id');
}

function checkedChange(eventId: string, event: EventChanges, options: ChangeOptions) {
  checkedSendUpdates(options?.sendUpdates);
  return {
    parameters: { ...writeParameters(event, options), eventId: checkedId(eventId, 'eventId') },
    headers: conditionalHeaders(options),
  };
}

/** Deletes an event, or finds it gone. */
export async function deleteEvent(
  requests: CalendarRequests,
  eventId: string,
  options: DeleteOptions,
): Promise<void> {
  const sendUpdates = checkedSendUpdates(options?.sendUpdates);
  const place = { calendarId: checkedCalendarId(options), eventId: checkedId(eventId, 'eventId') };
  const headers = conditionalHeaders(options);
  try {
    await requests.call(
      'events.delete',
      options,
      (api, library) => api.events.delete({ ...place, sendUpdates }, library),
      headers,
    );
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}

export async function moveEvent(
  requests: CalendarRequests,
  eventId: string,
  destination: string,
  options: MoveOptions,
): Promise<CalendarEvent> {
  const sendUpdates = checkedSendUpdates(options?.sendUpdates);
  const place = { calendarId: checkedCalendarId(options), eventId: checkedId(eventId, 'eventId') };
  checkedId(destination, 'destination');
  const answer = await requests.call('events.move', options, (api, library) =>
    api.events.move({ ...place, destination, sendUpdates }, library),
  );
  return answer.object<CalendarEvent>('id');
}
