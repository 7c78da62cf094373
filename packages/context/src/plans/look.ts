import type { GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Block } from '../time-blocks/block.ts';
import { CalendarsRead, withMargin } from '../time-blocks/read-calendars.ts';
import type { CheckedPlanOptions } from './plan-options.ts';
import { allWork, type Work } from './work.ts';

/** What the calendars say to a plan. */
export interface Look {
  calendars: CalendarsRead;
  timeZone: string;
  work: Work[];
  /** All blocks of the plan's tasks that were read. */
  blocks: Block[];
  now: number;
}

/** Reads each calendar once. */
export async function lookAt(
  client: GoogleCalendarClient,
  checked: CheckedPlanOptions,
  call: CallOptions,
): Promise<Look> {
  const { range, buffers, options } = checked;
  const { calendarId, otherCalendarIds, sharedCalendars, hiddenCalendars, counts } = options;
  const busy = { otherCalendarIds, sharedCalendars, hiddenCalendars, counts };
  const margin = Math.max(buffers.before, buffers.after);
  const reading = { ...busy, range: withMargin(range, margin), calendarId, call };
  const calendars = await CalendarsRead.read(client, reading);
  const timeZone = calendars.timeZone(options.timeZone, calendarId);
  const taskIds = new Set(options.tasks.map(({ id }) => id));
  return {
    calendars,
    timeZone,
    work: await allWork(checked, timeZone),
    blocks: calendars.blocks().filter(({ mark }) => taskIds.has(mark.taskId)),
    now: Date.now(),
  };
}
