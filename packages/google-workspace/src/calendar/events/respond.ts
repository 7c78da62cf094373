import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { invalid, SERVICE } from '../errors.ts';
import type { CalendarCall } from '../operations.ts';
import type { EventOptions, SendUpdates } from './event-input.ts';
import { checkSendUpdates, placeOf } from './event-requests.ts';
import type { CalendarEvent } from './event.ts';

/** What the user says to an invitation. */
export type EventResponse = 'accepted' | 'declined' | 'tentative';

/** How an invitation is answered. */
export interface RespondOptions extends EventOptions {
  /** A note to the organizer. Default: the one that is there. */
  comment?: string | undefined;
  /** Whether the organizer gets an email, without which one outside Google learns nothing. Default: `all`. */
  sendUpdates?: SendUpdates | undefined;
}

const RESPONSES: ReadonlySet<unknown> = new Set([
  'accepted',
  'declined',
  'tentative',
] satisfies EventResponse[]);

/** Sets the user's own answer, and leaves those of the other guests alone. */
export async function respondTo(
  call: CalendarCall,
  eventId: string,
  response: EventResponse,
  options: RespondOptions,
): Promise<CalendarEvent> {
  const { comment, sendUpdates = 'all' } = options;
  if (!RESPONSES.has(response)) throw invalid('response', 'must be accepted, declined or tentative');
  if (comment !== undefined && typeof comment !== 'string') throw invalid('comment', 'is not a string');
  checkSendUpdates(sendUpdates);
  const place = placeOf(eventId, options);
  // With one attendee at most, Google returns the user alone.
  const read = await call.send('events.get', { params: { ...place, maxAttendees: 1 } });
  const event = read.object<CalendarEvent>({ id: 'string' });
  const own = Array.isArray(event.attendees) ? event.attendees.find((one) => one?.self === true) : undefined;
  if (own?.email === undefined) {
    const message = "The user isn't a guest of this event.";
    throw new InvalidRequestError(message, { service: SERVICE, field: 'eventId' });
  }
  const answer = { email: own.email, responseStatus: response, ...(comment !== undefined && { comment }) };
  const written = await call.send('events.patch', {
    params: { ...place, sendUpdates },
    json: { attendeesOmitted: true, attendees: [{ ...own, ...answer }] },
  });
  return written.object<CalendarEvent>({ id: 'string' });
}
