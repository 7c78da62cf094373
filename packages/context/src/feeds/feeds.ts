import type { ProviderId } from '../providers/provider-id.ts';
import { calendarFeed } from './calendar-feed.ts';
import type { Feed } from './feed.ts';
import { gmailFeed } from './gmail-feed.ts';
import { tickTickFeed } from './ticktick-feed.ts';
import { workItemFeed } from './work-item-feed.ts';

/** What each feed keeps is its own: nobody else reads it. */
const FEEDS = [tickTickFeed, calendarFeed, gmailFeed, workItemFeed] as unknown as readonly Feed[];

export function feedsOf(provider: ProviderId): readonly Feed[] {
  return FEEDS.filter((feed) => feed.provider === provider);
}
