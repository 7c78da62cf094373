import { invalid } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { queryInteger, queryParam } from '../../api/read-call.ts';
import type { AccessRole } from '../store/access-role.ts';
import { isTimeZone } from '../time/moment.ts';

/** How one caller sees events. */
export interface EventView {
  readonly role: AccessRole;
  /** The zone of the answer's times. Default: the calendar's. */
  readonly timeZone?: string | undefined;
  readonly maxAttendees?: number | undefined;
}

export function readEventView(call: GoogleCall, role: AccessRole): EventView {
  const timeZone = queryParam(call, 'timeZone');
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw invalid('Invalid time zone.', 'timeZone');
  return { role, timeZone, maxAttendees: queryInteger(call, 'maxAttendees') };
}
