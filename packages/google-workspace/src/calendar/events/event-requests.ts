import { checkedTimeZone } from '@context-sdk/oauth-core/client-kit';
import { maskWith } from '../../fields-mask.ts';
import { checkedId } from '../../input.ts';
import type { LibraryParams, LibraryRequest } from '../../wire.ts';
import { invalid } from '../errors.ts';
import type {
  ChangeEventOptions,
  CreateEventOptions,
  DeleteEventOptions,
  EventChanges,
  EventOptions,
  MoveEventOptions,
  ReadEventOptions,
  SendUpdates,
} from './event-input.ts';

const SEND_UPDATES: ReadonlySet<unknown> = new Set(['all', 'externalOnly', 'none'] satisfies SendUpdates[]);

/** The calendar that is meant. Default: the user's own. */
export function checkedCalendarId({ calendarId }: EventOptions): string {
  return calendarId === undefined ? 'primary' : checkedId(calendarId, 'calendarId', invalid);
}

/** Where an event is. */
export function placeOf(eventId: string, options: EventOptions): { calendarId: string; eventId: string } {
  return { calendarId: checkedCalendarId(options), eventId: checkedId(eventId, 'eventId', invalid) };
}

const MAX_ATTENDEES = 2 ** 31 - 1;

/** How many attendees to return: Google's discovery document has an int32 of at least 1. */
export function checkedMaxAttendees(maxAttendees: number | undefined): number | undefined {
  const given = maxAttendees ?? undefined;
  if (given === undefined || (Number.isInteger(given) && given >= 1 && given <= MAX_ATTENDEES)) return given;
  throw invalid('maxAttendees', `must be a whole number from 1 to ${MAX_ATTENDEES}`);
}

export function readRequest(eventId: string, options?: ReadEventOptions): LibraryRequest {
  const { maxAttendees, timeZone } = options ?? {};
  if (timeZone !== undefined) checkedTimeZone(timeZone, 'timeZone', invalid);
  const fields = maskWith(options?.fields, 'id,status', invalid);
  const place = placeOf(eventId, options ?? {});
  return { params: { ...place, maxAttendees: checkedMaxAttendees(maxAttendees), timeZone, fields } };
}

export function deleteRequest(eventId: string, options: DeleteEventOptions): LibraryRequest {
  checkSendUpdates(options?.sendUpdates);
  const { sendUpdates } = options ?? {};
  return { params: { ...placeOf(eventId, options), sendUpdates }, headers: conditionalHeaders(options) };
}

export function moveRequest(eventId: string, destination: string, options: MoveEventOptions): LibraryRequest {
  checkSendUpdates(options?.sendUpdates);
  const { sendUpdates } = options ?? {};
  checkedId(destination, 'destination', invalid);
  return { params: { ...placeOf(eventId, options), destination, sendUpdates } };
}

/** How an event is created from a sentence. */
export type QuickAddOptions = MoveEventOptions;

export function quickAddRequest(text: string, options: QuickAddOptions): LibraryRequest {
  checkSendUpdates(options?.sendUpdates);
  if (typeof text !== 'string' || text.trim() === '') throw invalid('text', 'is empty or not a string');
  return { params: { calendarId: checkedCalendarId(options), text, sendUpdates: options?.sendUpdates } };
}

/** Throws unless the caller has said which guests get an email: any default would be wrong for someone. */
export function checkSendUpdates(sendUpdates: SendUpdates | undefined, why = ''): void {
  if (!SEND_UPDATES.has(sendUpdates)) {
    throw invalid('sendUpdates', `must be all, externalOnly or none${why}`);
  }
}

/** The query of a request that writes an event. Google ignores what a client doesn't claim to understand. */
export function writeParams(
  event: EventChanges,
  options: CreateEventOptions | ChangeEventOptions,
): LibraryParams {
  const { sendUpdates, maxAttendees, conferenceDataVersion } = options ?? {};
  if (![undefined, null, 0, 1].includes(conferenceDataVersion))
    throw invalid('conferenceDataVersion', 'must be 0 or 1');
  const hasConference = event.conferenceData !== undefined;
  const hasAttachments = event.attachments !== undefined;
  const hasLabel = event.eventLabelId !== undefined;
  return {
    sendUpdates,
    maxAttendees: checkedMaxAttendees(maxAttendees),
    conferenceDataVersion: conferenceDataVersion ?? (hasConference ? 1 : undefined),
    supportsAttachments: options?.supportsAttachments ?? (hasAttachments ? true : undefined),
    eventLabelVersion: hasLabel ? 1 : undefined,
  };
}

/** `If-Match`, if the caller wants to change only what was read. */
export function conditionalHeaders({ ifMatch }: { ifMatch?: string | undefined }): Record<string, string> {
  if (ifMatch === undefined) return {};
  if (typeof ifMatch !== 'string' || !/^(W\/)?"[\x21\x23-\x7e]+"$/.test(ifMatch)) {
    throw invalid('ifMatch', 'must be an etag with its quotes');
  }
  return { 'If-Match': ifMatch };
}
