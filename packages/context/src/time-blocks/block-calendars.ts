import type { CalendarListEntry, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { type CallOptions, NotFoundError } from '@context-sdk/oauth-core';
import { isTimeZone } from '@context-sdk/oauth-core/client-kit';
import { isOwnCalendar } from '../utils/own-calendars.ts';
import type { BlockTimeOptions } from './time-block.ts';

/** The calendars that matter for a block. */
export interface BlockCalendars {
  /** Where the block goes. */
  calendarId: string;
  timeZone: string;
  /** The calendar that has the block now, if it goes to another one. */
  formerId: string | undefined;
  /** Other calendars to respect. */
  others: readonly string[];
}

/**
 * Chooses the calendars, in one request for the user's list. Throws {@link NotFoundError} for a calendar that is not on it.
 * A recorded calendar may be gone, for example because the user has since connected another account.
 */
export async function chooseCalendars(
  client: GoogleCalendarClient,
  wanted: Pick<BlockTimeOptions, 'calendarId' | 'timeZone' | 'otherCalendarIds'>,
  recordedId: string | undefined,
  call: CallOptions,
): Promise<BlockCalendars> {
  const list = await client.calendars.list(call).toArray();
  const recorded = list.find(({ id }) => id === recordedId);
  const calendarId = wanted.calendarId ?? recorded?.id ?? 'primary';
  const target = list.find((entry) => isCalledBy(entry, calendarId));
  if (target === undefined) {
    throw new NotFoundError(`The user's list has no calendar ${calendarId}.`, { service: 'google-calendar' });
  }
  const former = recorded === target ? undefined : recorded;
  const others = wanted.otherCalendarIds ?? list.filter(isOwnCalendar).map(({ id }) => id);
  return {
    calendarId: target.id,
    timeZone: wanted.timeZone ?? (isTimeZone(target.timeZone) ? target.timeZone : 'UTC'),
    formerId: former?.id,
    others: others.filter((id) => !isCalledBy(target, id) && !(former && isCalledBy(former, id))),
  };
}

function isCalledBy({ id, primary }: CalendarListEntry, calendarId: string): boolean {
  return id === calendarId || (calendarId === 'primary' && primary === true);
}
