import { present } from '../../input/present.ts';
import type { Writing } from '../../library/calendar-library.ts';
import { checkedCalendarId, invalid } from '../invalid.ts';
import type { EventChanges, SendUpdates } from './event-input.ts';
import type { ChangeOptions, CreateOptions } from './event-options.ts';

const SEND_UPDATES: ReadonlySet<unknown> = new Set(['all', 'externalOnly', 'none'] satisfies SendUpdates[]);

/** Throws unless the caller has said which guests get a mail: a default would be wrong for somebody. */
export function checkedSendUpdates(sendUpdates: SendUpdates | undefined, why = ''): SendUpdates {
  if (sendUpdates !== undefined && SEND_UPDATES.has(sendUpdates)) return sendUpdates;
  throw invalid('sendUpdates', `must be all, externalOnly or none${why}`);
}

/** The query of a request that writes an event. Google ignores what a client does not say that it understands. */
export function writeParameters(
  event: EventChanges,
  options: CreateOptions | ChangeOptions,
): Writing & { calendarId: string } {
  const { sendUpdates, maxAttendees } = options;
  const hasConference = event.conferenceData !== undefined;
  const hasAttachments = event.attachments !== undefined;
  const hasLabel = event.eventLabelId !== undefined;
  return {
    calendarId: checkedCalendarId(options),
    ...present({
      sendUpdates,
      maxAttendees,
      conferenceDataVersion: options.conferenceDataVersion ?? (hasConference ? 1 : undefined),
      supportsAttachments: options.supportsAttachments ?? (hasAttachments ? true : undefined),
      eventLabelVersion: hasLabel ? 1 : undefined,
    }),
  };
}

/** `If-Match`, where the caller wants a change only of what was read. */
export function conditionalHeaders({ ifMatch }: { ifMatch?: string | undefined }): Record<string, string> {
  if (ifMatch === undefined) return {};
  if (typeof ifMatch !== 'string' || !/^(W\/)?"[\x21\x23-\x7e]+"$/.test(ifMatch)) {
    throw invalid('ifMatch', 'is not an etag with its quotes');
  }
  return { 'If-Match': ifMatch };
}
