import type { CalendarEvent, CalendarListEntry } from '@context-sdk/google-workspace';
import {
  ApiError,
  ConfigurationError,
  ContextSdkError,
  GrantChangedError,
  MissingScopeError,
  ReauthorizationRequiredError,
} from '@context-sdk/oauth-core';

/** An all-day event is a day of its calendar's zone for Google. Zones are up to 26 hours apart: UTC−12 and UTC+14. */
export const WIDEST_ZONES_MS: number = 26 * 3_600_000;

/**
 * Whether a calendar shows the user's own time: one that the user owns, has selected in Google Calendar and has not hidden.
 * Calendars that other people share show theirs. The agenda, blocks and changes are read of the same calendars.
 */
export function isOwnCalendar({ accessRole, primary, selected, hidden }: CalendarListEntry): boolean {
  return accessRole === 'owner' && hidden !== true && (primary === true || selected === true);
}

/** Whether a block is the user's: in a calendar of somebody else, that is one that the user has made. Others may work on the same task. */
export function isOwnBlock(
  entries: readonly CalendarListEntry[],
  calendarId: string,
  { creator }: CalendarEvent,
): boolean {
  const role = entries.find(({ id }) => id === calendarId)?.accessRole;
  const me = entries.find(({ primary }) => primary === true)?.id;
  return role === 'owner' || (role === 'writer' && (creator?.email ?? me) === me);
}

/** Whether other calendars may be readable all the same: not if the host or the connection is at fault. */
export function isOfOneCalendar(error: unknown, signal: AbortSignal | undefined): error is ContextSdkError {
  if (!(error instanceof ContextSdkError) || signal?.aborted) return false;
  if (error instanceof ReauthorizationRequiredError || error instanceof MissingScopeError) return false;
  if (error instanceof ConfigurationError || error instanceof GrantChangedError) return false;
  const isInput = error.code === 'invalid_request' && error instanceof ApiError && error.status === undefined;
  return !isInput;
}
