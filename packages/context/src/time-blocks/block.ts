import type { CalendarEvent } from '@context-sdk/google-workspace';
import type { BlockMark } from './block-mark.ts';

/** An event that blocks time for a task. */
export interface Block {
  calendarId: string;
  event: CalendarEvent;
  mark: BlockMark;
  /** Epoch milliseconds. */
  start: number;
  /** The same as `start` if somebody made it an event without an end, or for all day. */
  end: number;
}

/** Whether nobody has moved or resized the block since it was written. */
export function isAsWritten({ mark: { plan }, start, end }: Block): boolean {
  return plan !== undefined && plan.start === start && plan.end === end;
}
