import type { CallOptions } from '@context-sdk/oauth-core';
import type { SendUpdates } from './event-input.ts';

/** Where an event is, and how the call is made. */
export interface EventOptions extends CallOptions {
  /** `primary`, the user's own calendar, unless given. */
  calendarId?: string | undefined;
}

/** How an event is answered. */
export interface ReadOptions extends EventOptions {
  /** IANA zone of the times in the answer; the calendar's unless given. */
  timeZone?: string | undefined;
  /** Of more guests than this, only the user is answered. */
  maxAttendees?: number | undefined;
}

interface WriteOptions extends EventOptions {
  /** 1 lets Google read `conferenceData`; sent by itself where the event has some. */
  conferenceDataVersion?: 0 | 1 | undefined;
  /** Sent by itself where the event has attachments. */
  supportsAttachments?: boolean | undefined;
  /** Of more guests than this, only the user is answered. */
  maxAttendees?: number | undefined;
}

/** How an event is created. */
export interface CreateOptions extends WriteOptions {
  /**
   * What the event is for, such as `user-1/task/42`: whenever and wherever it is created again with the same key, it is
   * one and the same event. Name the host's user in it: guests' calendars hold events by the same ids.
   */
  key?: string | undefined;
  /** Needed where the event has guests. */
  sendUpdates?: SendUpdates | undefined;
}

/** How an event is changed. */
export interface ChangeOptions extends WriteOptions {
  /** Which guests hear of it. */
  sendUpdates: SendUpdates;
  /** The event's `etag`, quotes included: {@link ConflictError} where somebody has changed it since. */
  ifMatch?: string | undefined;
}

/** How an event is moved. */
export interface MoveOptions extends EventOptions {
  /** Which guests hear of it. */
  sendUpdates: SendUpdates;
}

/** How an event is deleted. */
export interface DeleteOptions extends MoveOptions {
  /** The event's `etag`, quotes included: {@link ConflictError} where somebody has changed it since. */
  ifMatch?: string | undefined;
}
