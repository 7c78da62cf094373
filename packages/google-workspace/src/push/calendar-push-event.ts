import type { WebhookEvent } from '@context-sdk/oauth-core';

/** What a notification tells: that something changed, not what. */
export interface CalendarPush {
  channelId: string;
  resourceId: string;
  /** `sync`, `exists` or `not_exists`. */
  resourceState: string;
  /** Grows from notification to notification, by one or more. */
  messageNumber: number;
  /** When the channel ends, in epoch milliseconds. */
  expiresAt?: number;
}

/**
 * A notification of a channel: `sync` when it opens, `changed` for every change after; call `events.sync`. `id` is the
 * same when Google delivers it again. `raw` holds Google's headers without the token.
 */
export type CalendarPushEvent =
  | (WebhookEvent<'google-calendar', 'sync', CalendarPush> & { id: string })
  | (WebhookEvent<'google-calendar', 'changed', CalendarPush> & { id: string });
