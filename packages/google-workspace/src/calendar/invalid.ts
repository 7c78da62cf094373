import type { InvalidRequestError } from '@context-sdk/oauth-core';
import { checkedId as checkedGoogleId } from '../input/checked-id.ts';
import { invalid as invalidInput } from '../input/invalid.ts';

/** Named in errors and events. */
export const SERVICE = 'google-calendar';

/** The error for what a caller of the calendar gave: nothing was sent, and `field` names the culprit. */
export function invalid(field: string, problem: string): InvalidRequestError {
  return invalidInput(SERVICE, field, problem);
}

/** An id that may stand in a path. */
export function checkedId(id: unknown, field: string): string {
  return checkedGoogleId(SERVICE, id, field);
}

/** The calendar that is meant: the user's own unless given. */
export function checkedCalendarId({ calendarId = 'primary' }: { calendarId?: string | undefined }): string {
  return checkedId(calendarId, 'calendarId');
}
