import type { CallOptions } from '@context-sdk/oauth-core';
import { dayOf } from '@context-sdk/oauth-core/client-kit';
import type { Region } from '@context-sdk/ticktick-client';

/** The requested part of time, and the options for the requests. */
export interface AgendaWindow {
  from: Date;
  /** Exclusive. */
  to: Date;
  timeZone: string;
  useSprintEnd: boolean;
  call: CallOptions;
  /** The caller's own. That of `call` also aborts at the deadline, which costs what wasn't read by then, and nothing else. */
  signal: AbortSignal | undefined;
  /** Region of the TickTick web app that task URLs lead to. */
  region: Region | undefined;
}

/** Whether a time overlaps the window. A time without a length, or with an end before its start, counts as its start. */
export function overlapsTime({ from, to }: AgendaWindow, start: Date, end: Date = start): boolean {
  return start < to && (end > from || start >= from);
}

/** Whether days overlap the window. `endDay` is exclusive. */
export function overlapsDays({ from, to, timeZone }: AgendaWindow, day: string, endDay: string): boolean {
  const lastDay = dayOf(to.getTime() - 1, timeZone);
  return day <= lastDay && endDay > dayOf(from.getTime(), timeZone);
}
