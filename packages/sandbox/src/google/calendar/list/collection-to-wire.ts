import type { JsonObject } from '../../../json.ts';
import type { OpenCalendar } from '../store/calendars.ts';

/** What every list of events includes about its calendar. */
export function collectionToWire({ calendar, role }: OpenCalendar): JsonObject {
  const { revision, summary, timeZone } = calendar;
  const updates = [...calendar.events.values()].map(({ updated }) => updated);
  return {
    kind: 'calendar#events',
    etag: `"p${revision.toString(32).padStart(15, '0')}"`,
    summary,
    updated: new Date(Math.max(0, ...updates)).toISOString(),
    timeZone,
    accessRole: role,
    defaultReminders: role === 'owner' ? [{ method: 'popup', minutes: 10 }] : [],
  };
}
