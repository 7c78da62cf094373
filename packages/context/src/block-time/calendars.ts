import type { CalendarListEntry, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { type CallOptions, NotFoundError } from '@context-sdk/oauth-core';

/** Where a block goes, by whose clocks, and what else counts. */
export interface BlockCalendars {
  calendarId: string;
  timeZone: string;
  others: readonly string[];
}

/** One request for the user's list, which tells all of it. Throws {@link NotFoundError} for a calendar that is not on it. */
export async function blockCalendars(
  client: GoogleCalendarClient,
  wanted: {
    calendarId: string;
    timeZone?: string | undefined;
    otherCalendarIds?: readonly string[] | undefined;
  },
  options: CallOptions,
): Promise<BlockCalendars> {
  const list = await client.calendars.list(options).toArray();
  const own = list.find((entry) => isNamed(entry, wanted.calendarId));
  if (own === undefined) {
    throw new NotFoundError(`The user's list has no calendar ${wanted.calendarId}.`, {
      service: 'google-calendar',
    });
  }
  const others = wanted.otherCalendarIds ?? list.filter(countsByItself).map(({ id }) => id);
  return {
    calendarId: own.id,
    timeZone: wanted.timeZone ?? own.timeZone ?? 'UTC',
    others: others.filter((id) => !isNamed(own, id)),
  };
}

function isNamed({ id, primary }: CalendarListEntry, calendarId: string): boolean {
  return id === calendarId || (calendarId === 'primary' && primary === true);
}

function countsByItself({ accessRole, primary, selected }: CalendarListEntry): boolean {
  return accessRole === 'owner' && (primary === true || selected === true);
}
