import type { CallOptions, OwnOptions } from '@context-sdk/oauth-core/client-kit';
import type { EventFields } from './event.ts';

/**
 * When an event starts or ends: either `dateTime` or `date`. A `Date` is sent with the offset that `timeZone` has then. A
 * time without an offset, `2026-11-23T09:00:00`, is what the clocks of `timeZone` show.
 */
export interface EventTimeInput {
  dateTime?: string | Date | undefined;
  /** For all day. The `date` of an end is the first day after the event. */
  date?: string | undefined;
  /** IANA. Needed for recurring events, whose times follow its clocks, and for times without an offset. */
  timeZone?: string | undefined;
}

/** A new event. What is left out, or undefined, is not sent. */
export type EventInput = { [K in keyof EventFields]: EventFields[K] | undefined } & {
  start: EventTimeInput;
  end: EventTimeInput;
};

/** A new event, optionally with the host's own id: 5 to 1,024 characters of `a` to `v` and digits. */
export type NewEventInput = EventInput & { id?: string | undefined };

/** What changes in an event. What is left out, or undefined, stays; `null` clears; lists are replaced as a whole. */
export type EventChanges = { [K in keyof EventInput]?: EventInput[K] | null | undefined };

/** Which guests get an email about it. With `none`, calendars outside Google may not learn of it. */
export type SendUpdates = 'all' | 'externalOnly' | 'none';

/** Where an event is, and how the call is made. */
export interface EventOptions extends CallOptions {
  /** Default: `primary`, the user's own calendar. */
  calendarId?: string | undefined;
}

/** How an event is returned. */
export interface ReadEventOptions extends EventOptions {
  /** IANA zone of the times in the response. Default: the calendar's. */
  timeZone?: string | undefined;
  /** If there are more guests, only the user is returned. */
  maxAttendees?: number | undefined;
  /**
   * What of the response to return: `summary,start` of one event, `items(summary,start)` of a list. What the client needs,
   * such as ids and page tokens, is added. Default: everything.
   */
  fields?: string | undefined;
}

export interface WriteEventOptions extends EventOptions {
  /** With 1, Google reads `conferenceData`. Default: 1 if the event has some. */
  conferenceDataVersion?: 0 | 1 | undefined;
  /** Default: true if the event has attachments. */
  supportsAttachments?: boolean | undefined;
  /** If there are more guests, only the user is returned. */
  maxAttendees?: number | undefined;
}

/** How an event is created. */
export interface CreateEventOptions extends WriteEventOptions {
  /**
   * What the event is for, such as `user-1/task/42`. Creating it again with the same key, at any time and from any
   * process, returns the same event. Include the host's user: guests' calendars hold events by the same ids.
   */
  key?: string | undefined;
  /** Needed if the event has guests. */
  sendUpdates?: SendUpdates | undefined;
}

/** How an event is changed. */
export interface ChangeEventOptions extends WriteEventOptions {
  /** Which guests get an email. */
  sendUpdates: SendUpdates;
  /** The event's `etag`, quotes included. Throws {@link ConflictError} if the event has changed since. */
  ifMatch?: string | undefined;
}

/** How an event is moved. */
export interface MoveEventOptions extends EventOptions {
  /** Which guests get an email. */
  sendUpdates: SendUpdates;
}

/** How an event is deleted. */
export interface DeleteEventOptions extends MoveEventOptions {
  /** The event's `etag`, quotes included. Throws {@link ConflictError} if the event has changed since. */
  ifMatch?: string | undefined;
}

const PLACE = { calendarId: 'string' } as const;

export const READ_OPTIONS: OwnOptions<ReadEventOptions> = {
  ...PLACE,
  timeZone: 'string',
  maxAttendees: 'number',
  fields: 'string',
};

export const WRITE_OPTIONS: OwnOptions<WriteEventOptions> = {
  ...PLACE,
  conferenceDataVersion: 'number',
  supportsAttachments: 'boolean',
  maxAttendees: 'number',
};

export const CREATE_OPTIONS: OwnOptions<CreateEventOptions> = {
  ...WRITE_OPTIONS,
  key: 'string',
  sendUpdates: 'string',
};

export const CHANGE_OPTIONS: OwnOptions<ChangeEventOptions> = {
  ...WRITE_OPTIONS,
  sendUpdates: 'string',
  ifMatch: 'string',
};

export const MOVE_OPTIONS: OwnOptions<MoveEventOptions> = { ...PLACE, sendUpdates: 'string' };

export const DELETE_OPTIONS: OwnOptions<DeleteEventOptions> = { ...MOVE_OPTIONS, ifMatch: 'string' };
