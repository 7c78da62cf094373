import type { AdoWebhookEvent, WorkItem } from '@context-sdk/ado-client';
import type { WebhookEvent } from '@context-sdk/oauth-core';
import type { TaskChangeEvent, TickTickWebhookEvent } from '@context-sdk/ticktick-client';

/** A calendar changed, or a channel opened (`sync`). Call `user.calendar.events.sync` for the details. */
export interface CalendarChangeData {
  calendarId: string;
  /** The notifying channel and its resource. Absent if the change was found by polling. */
  channelId?: string;
  resourceId?: string;
}

/** The calendars that are read have changed: others are the user's own and selected now. */
export interface CalendarListChangeData {
  /** Ids; `primary` for the user's primary calendar. */
  added: string[];
  removed: string[];
}

/**
 * A task has changed in a way that its blocks may not fit any more, and they were left as they are: the host is to decide
 * (`onTaskChange: 'ask'`), or there is no other time for them. `user.followTask` brings them in line.
 */
export interface OutdatedBlockData {
  taskId: string;
  isDeleted: boolean;
  blocks: { calendarId: string; eventId: string }[];
}

/** A mailbox changed. Call `user.gmail.mailbox.changes` from the state that you stored for the details. */
export interface MailboxChangeData {
  emailAddress: string;
  /** The new state: a 64-bit number as text. */
  historyId: string;
  /** Absent if the change was found by polling. */
  subscription?: string;
}

/**
 * An event from a webhook, a push channel or polling. `userId` is the host's user, and is absent only if a delivery does
 * not identify one. Events of one user come from several services, in no particular order.
 */
export type ContextEvent =
  | TickTickWebhookEvent
  | TaskChangeEvent
  | WebhookEvent<'google-calendar', 'sync', CalendarChangeData>
  | WebhookEvent<'google-calendar', 'changed', CalendarChangeData>
  | WebhookEvent<'google-calendar', 'calendars.changed', CalendarListChangeData>
  | WebhookEvent<'google-calendar', 'block.outdated', OutdatedBlockData>
  | WebhookEvent<'gmail', 'mailbox.changed', MailboxChangeData>
  | AdoWebhookEvent
  | WebhookEvent<'azure-devops', 'workitem.changed', WorkItem>;

/** The host's event handler. `signal` aborts when time is up and the event will be redelivered. */
export type OnEvent = (event: ContextEvent, options: { signal: AbortSignal }) => unknown;
