import type { Slot, WorkingHours } from '@context-sdk/google-workspace';
import { MissingScopeError } from '@context-sdk/oauth-core';
import { invalidInput } from '../../utils/input-checks.ts';
import { isOwnCalendar } from '../../utils/own-calendars.ts';
import { dayRange } from '../text/days.ts';
import { line } from '../text/line.ts';
import { clockTime, dayAndTime } from '../text/view.ts';
import { type ReadDefinition, readTool, type ToolCall } from './definition.ts';

const MAX_SLOTS = 20;

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** Free time in the user's calendars. */
export const FREE_SLOTS: ReadDefinition = readTool({
  name: 'free_slots',
  title: 'Free slots',
  description: 'Free time in the user’s calendars on weekdays.',
  providers: ['google'],
  async read(tool, { minutes, from, days, earliest, latest }) {
    const { timeZone } = tool;
    const range = dayRange(timeZone, from, days);
    const now = new Date();
    if (range.to <= now) throw invalidInput('from', 'must not be in the past');
    const own = await ownCalendars(tool);
    const { slots, unknown } = await tool.user.calendar.freeBusy.findSlots({
      ...tool.call,
      calendarIds: own.ids,
      from: range.from < now ? now : range.from,
      to: range.to,
      timeZone,
      durationMinutes: minutes,
      granularityMinutes: 30,
      workingHours: onWeekdays(earliest ?? '09:00', latest ?? '18:00'),
      limit: MAX_SLOTS,
    });
    if (unknown.length > 0)
      return unknown
        .map(({ calendarId, errors }) => line`Not read: calendar ${calendarId} (${errors.join(', ')})`)
        .join('\n');
    const lines = slots.length === 0 ? ['None.'] : slots.map((slot) => slotText(slot, timeZone));
    return [...lines, ...own.notRead].join('\n');
  },
});

/** The calendars that the agenda reads, too. Without the scope for their list, the primary one. */
async function ownCalendars({
  user,
  call,
}: ToolCall): Promise<{ ids: readonly string[]; notRead: readonly string[] }> {
  try {
    const entries = await user.calendar.calendars.list({ ...call, minAccessRole: 'owner' }).toArray();
    return { ids: entries.filter(isOwnCalendar).map(({ id }) => id), notRead: [] };
  } catch (error) {
    if (!(error instanceof MissingScopeError)) throw error;
    return { ids: ['primary'], notRead: [`Not read: other calendars than the primary one (${error.code})`] };
  }
}

/** Times of the day on which a person works. Throws {@link InvalidRequestError} for hours that end before they begin. */
export function onWeekdays(earliest: string, latest: string): WorkingHours {
  if (latest <= earliest) throw invalidInput('latest', 'must be after earliest');
  return Object.fromEntries(WEEKDAYS.map((day) => [day, [[earliest, latest]]]));
}

/** `2026-11-30 09:00-10:00` */
export function slotText({ start, end }: Slot, timeZone: string): string {
  return line`${dayAndTime(new Date(start), timeZone)}-${clockTime(new Date(end), timeZone)}`;
}
