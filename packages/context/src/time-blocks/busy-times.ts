import { type CalendarEvent, readEventTimes } from '@context-sdk/google-workspace';
import { startOfDay } from '@context-sdk/oauth-core/client-kit';
import { blockedTaskId } from './block-mark.ts';
import type { CountedEvents } from './time-block.ts';

/** A time that is not free. */
export interface BusyTime {
  start: Date;
  end: Date;
}

type Counted = Record<keyof CountedEvents, boolean>;

const DEFAULTS = {
  tentative: true,
  unanswered: true,
  declined: false,
  outOfOffice: true,
  focusTime: true,
  workingLocation: false,
  allDay: true,
} as const satisfies Counted;

/** How an event is looked at. */
export interface BusyView {
  timeZone: string;
  counts: CountedEvents | undefined;
  /** What the user answered to any copy of the meeting. */
  answer: string | undefined;
}

/** The time that an event takes by the user's options. `undefined` if it takes none or is unreadable. */
export function busyTime(event: CalendarEvent, { timeZone, counts, answer }: BusyView): BusyTime | undefined {
  const times = event.status === 'cancelled' ? undefined : readEventTimes(event, timeZone);
  if (times === undefined || !takesTime(event, answer, times.allDay, countedEvents(counts))) return undefined;
  if (!times.allDay) return { start: times.start, end: times.end ?? times.start };
  return {
    start: new Date(startOfDay(times.day, timeZone)),
    end: new Date(startOfDay(times.endDay, timeZone)),
  };
}

/** Default for what the user leaves open. */
function countedEvents(counts: CountedEvents = {}): Counted {
  const given = Object.entries(counts).filter(([, value]) => typeof value === 'boolean');
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

function takesTime(
  event: CalendarEvent,
  answer: string | undefined,
  isAllDay: boolean,
  counts: Counted,
): boolean {
  const { eventType, transparency, status } = event;
  // Google marks working locations as free: who counts them means them all the same.
  if (eventType === 'workingLocation') return counts.workingLocation;
  if (answer === 'declined') return counts.declined;
  // A block is somebody's work, whatever it shows to others.
  if (transparency === 'transparent' && blockedTaskId(event) === undefined) return false;
  if (isAllDay && !counts.allDay) return false;
  if (eventType === 'outOfOffice') return counts.outOfOffice;
  if (eventType === 'focusTime' && blockedTaskId(event) === undefined) return counts.focusTime;
  if (answer === 'needsAction') return counts.unanswered;
  return counts.tentative || (status !== 'tentative' && answer !== 'tentative');
}
