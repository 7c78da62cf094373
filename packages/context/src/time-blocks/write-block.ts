import type { CalendarEvent, GoogleCalendarClient, Slot } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Region } from '@context-sdk/ticktick-client';
import { taskUrl } from '../utils/task-url.ts';
import { escapeHtml } from '../utils/escape-html.ts';
import { blockMark } from './block-mark.ts';
import type { BlockableTask, BlockTimeOptions } from './time-block.ts';

/** An event for the task: created once per user and task, whoever asks how often. */
export async function createBlock(
  client: GoogleCalendarClient,
  { userId, task, region }: { userId: string; task: BlockableTask; region: Region | undefined },
  { slot, timeZone, calendarId }: { slot: Slot; timeZone: string; calendarId: string },
  {
    reminders = [{ method: 'popup', minutes: 10 }],
    ...options
  }: Pick<BlockTimeOptions, 'reminders'> & CallOptions,
): Promise<CalendarEvent> {
  const url = taskUrl(task, region);
  const event = {
    summary: task.title,
    description: `<a href="${escapeHtml(url)}">${escapeHtml(task.title)}</a>`,
    source: { title: 'TickTick', url },
    ...timesOf(slot, timeZone),
    reminders: { useDefault: false, overrides: [...reminders] },
    extendedProperties: { private: blockMark(task.id) },
  };
  return await client.events.create(event, { ...options, calendarId, key: `${userId}/ticktick/${task.id}` });
}

/** Throws {@link ConflictError} where somebody has changed the event since it was read. */
export async function moveBlock(
  client: GoogleCalendarClient,
  { id, etag, attendees }: CalendarEvent,
  { slot, timeZone, calendarId }: { slot: Slot; timeZone: string; calendarId: string },
  options: CallOptions,
): Promise<CalendarEvent> {
  const sendUpdates = attendees?.length ? 'all' : 'none';
  return await client.events.patch(id, timesOf(slot, timeZone), {
    ...options,
    calendarId,
    sendUpdates,
    ifMatch: etag,
  });
}

function timesOf({ start, end }: Slot, timeZone: string) {
  return { start: { dateTime: start, timeZone }, end: { dateTime: end, timeZone } };
}
