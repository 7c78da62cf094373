import type { CalendarEvent, GoogleCalendarClient, Slot } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Region } from '@context-sdk/ticktick-client';
import { escapeHtml } from '../utils/text.ts';
import { taskUrl } from '../utils/web-urls.ts';
import type { BlockRecord, BlockRequest } from './time-block.ts';

/** The private extended property that holds the id of the block's task. */
const TASK_PROPERTY = 'contextSdkTask';

const DEFAULT_REMINDERS = [{ method: 'popup', minutes: 10 }] as const;

/** Where a block goes. */
interface BlockTarget {
  calendarId: string;
  timeZone: string;
  slot: Slot;
}

/** The id of the task that an event blocks time for, if it is a block. */
export function blockedTaskId({ extendedProperties }: CalendarEvent): string | undefined {
  return extendedProperties?.private?.[TASK_PROPERTY];
}

/** Finds a task's blocks in one calendar. Default: the primary one. */
export async function findBlocks(
  client: GoogleCalendarClient,
  taskId: string,
  call: CallOptions,
  calendarId = 'primary',
): Promise<BlockRecord[]> {
  const query = { ...call, calendarId, privateExtendedProperty: [`${TASK_PROPERTY}=${taskId}`] };
  const events = await client.events.list(query).toArray();
  return events.map(({ id }) => ({ calendarId, eventId: id }));
}

/** Creates the block. For one calendar and task there is only ever one event, however often and by whom this is called. */
export async function createBlock(
  client: GoogleCalendarClient,
  { task, options: { reminders = DEFAULT_REMINDERS }, call }: BlockRequest,
  { slot, timeZone, calendarId }: BlockTarget,
  region: Region | undefined,
): Promise<CalendarEvent> {
  const url = taskUrl(task, region);
  const event = {
    summary: task.title,
    description: `<a href="${escapeHtml(url)}">${escapeHtml(task.title)}</a>`,
    source: { title: 'TickTick', url },
    ...timesOf(slot, timeZone),
    reminders: { useDefault: false, overrides: [...reminders] },
    extendedProperties: { private: { [TASK_PROPERTY]: task.id } },
  };
  return await client.events.create(event, { ...call, calendarId, key: `ticktick/${task.id}` });
}

/** Moves a block. Throws {@link ConflictError} if the event was changed since it was read. */
export async function moveBlock(
  client: GoogleCalendarClient,
  { id, etag, attendees }: CalendarEvent,
  { slot, timeZone, calendarId }: BlockTarget,
  call: CallOptions,
): Promise<CalendarEvent> {
  const sendUpdates = attendees?.length ? 'all' : 'none';
  const options = { ...call, calendarId, sendUpdates, ifMatch: etag } as const;
  return await client.events.patch(id, timesOf(slot, timeZone), options);
}

/** Deletes a block. Succeeds if it is already deleted. */
export async function deleteBlock(
  client: GoogleCalendarClient,
  { calendarId, eventId }: BlockRecord,
  call: CallOptions,
): Promise<void> {
  await client.events.delete(eventId, { ...call, calendarId, sendUpdates: 'all' });
}

function timesOf({ start, end }: Slot, timeZone: string) {
  return { start: { dateTime: start, timeZone }, end: { dateTime: end, timeZone } };
}
