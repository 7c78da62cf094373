import type { ProviderId } from '../../options/provider-id.ts';
import { calendarFeed } from './calendar-source.ts';
import type { Feed } from './change-source.ts';
import { gmailFeed } from './gmail-source.ts';
import { tickTickFeed } from './ticktick-source.ts';
import { workItemFeed } from './work-item-source.ts';

/** What each feed keeps is its own: nobody else reads it. */
const FEEDS = [tickTickFeed, calendarFeed, gmailFeed, workItemFeed] as unknown as readonly Feed[];

export function feedsOf(provider: ProviderId): readonly Feed[] {
  return FEEDS.filter((feed) => feed.provider === provider);
}
