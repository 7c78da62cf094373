import type { CalendarListEntry, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { type CallOptions, NotFoundError } from '@context-sdk/oauth-core';
import type { BlockTimeOptions } from './time-block.ts';

/** Where a block goes, by whose clocks, and what else counts. */
export interface BlockCalendars {
  calendarId: string;
  timeZone: string;
  /** Where the block was until now, if it goes to another calendar. */
  formerId: string | undefined;
  others: readonly string[];
}

/**
 * One request for the user's list, which tells all of it. Throws {@link NotFoundError} for a calendar that is not on it.
 * One that only the record of a block names may have gone: the user may have connected another account since.
 */
export async function blockCalendars(
  client: GoogleCalendarClient,
  wanted: Pick<BlockTimeOptions, 'calendarId' | 'timeZone' | 'otherCalendarIds'>,
  recordedId: string | undefined,
  options: CallOptions,
): Promise<BlockCalendars> {
  const list = await client.calendars.list(options).toArray();
  const recorded = list.find(({ id }) => id === recordedId);
  const calendarId = wanted.calendarId ?? recorded?.id ?? 'primary';
  const own = list.find((entry) => isNamed(entry, calendarId));
  if (own === undefined) {
    throw new NotFoundError(`The user's list has no calendar ${calendarId}.`, { service: 'google-calendar' });
  }
  const former = recorded === own ? undefined : recorded;
  const others = wanted.otherCalendarIds ?? list.filter(countsByItself).map(({ id }) => id);
  return {
    calendarId: own.id,
    timeZone: wanted.timeZone ?? own.timeZone ?? 'UTC',
    formerId: former?.id,
    others: others.filter((id) => !isNamed(own, id) && !(former && isNamed(former, id))),
  };
}

function isNamed({ id, primary }: CalendarListEntry, calendarId: string): boolean {
  return id === calendarId || (calendarId === 'primary' && primary === true);
}

function countsByItself({ accessRole, primary, selected }: CalendarListEntry): boolean {
  return accessRole === 'owner' && (primary === true || selected === true);
}
