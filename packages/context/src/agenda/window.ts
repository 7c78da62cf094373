import type { CallOptions } from '@context-sdk/oauth-core';
import type { Region } from '@context-sdk/ticktick-client';
import { dayIn } from '../utils/zoned-day.ts';

/** The part of time that is wanted, and how calls are made. */
export interface Window {
  from: Date;
  to: Date;
  timeZone: string;
  call: CallOptions;
  /** Whose web application tasks are shown by. */
  region: Region | undefined;
}

/** Whether something of these instants lies in the window; what has no length, or ends before it begins, lies at its start. */
export function holdsTime({ from, to }: Window, start: Date, end: Date = start): boolean {
  return start < to && (end > from || start >= from);
}

/** Whether some of the days lie in the window; `endDay` is not part of them. */
export function holdsDays({ from, to, timeZone }: Window, day: string, endDay: string): boolean {
  const last = dayIn(new Date(to.getTime() - 1), timeZone);
  return day <= last && endDay > dayIn(from, timeZone);
}
