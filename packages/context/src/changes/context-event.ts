import type { AdoWebhookEvent } from '@context-sdk/ado-client';
import type { WorkItem } from '@context-sdk/ado-client';
import type { WebhookEvent } from '@context-sdk/oauth-core';
import type { TaskChangeEvent, TickTickWebhookEvent } from '@context-sdk/ticktick-client';

/** A calendar changed, or a channel opened (`sync`): call `user.calendar.events.sync`. */
export interface CalendarChange {
  calendarId: string;
  /** The channel that told, and its resource; absent where the change was found by polling. */
  channelId?: string;
  resourceId?: string;
}

/** A mailbox changed: call `user.gmail.mailbox.changes` from the state that you stored. */
export interface MailboxChange {
  emailAddress: string;
  /** The new state, as text: a number of 64 bits. */
  historyId: string;
  /** Absent where the change was found by polling. */
  subscription?: string;
}

/**
 * Whatever reaches a host: webhooks, pushes, and what polling found where there are none. `userId` is the host's user,
 * present unless nobody could tell. The events of one user come from several services, so they come in no order.
 */
export type ContextEvent =
  | TickTickWebhookEvent
  | TaskChangeEvent
  | WebhookEvent<'google-calendar', 'sync', CalendarChange>
  | WebhookEvent<'google-calendar', 'changed', CalendarChange>
  | WebhookEvent<'gmail', 'mailbox.changed', MailboxChange>
  | AdoWebhookEvent
  | WebhookEvent<'azure-devops', 'workitem.changed', WorkItem>;

/** What the host does with an event. `signal` aborts when the sender has been told to deliver it again. */
export type OnEvent = (event: ContextEvent, options: { signal: AbortSignal }) => unknown;
