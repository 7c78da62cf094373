import type { CalendarEvent, GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { blockedTaskId, blocksOf, privateProperties } from './block-mark.ts';
import type { KnownBlocks } from './block-records.ts';
import type { Block } from './block.ts';
import { blockOf, type CalendarsRead } from './read-calendars.ts';
import type { EventPlace } from './time-block.ts';

/** Which blocks to find, and what is known of them. */
interface Search {
  client: GoogleCalendarClient;
  taskId: string;
  known: KnownBlocks;
  call: CallOptions;
}

/**
 * The blocks of a task, wherever the user has put them: among the events that were read, or else in every calendar of the
 * user, by their mark and by their id, which events keep when they are moved to another calendar.
 */
export async function findBlocks(calendars: CalendarsRead, search: Search): Promise<Block[]> {
  const { taskId, known } = search;
  const listed = calendars.blocks().filter(({ mark }) => mark.taskId === taskId);
  const isComplete =
    known.places.length > 0 &&
    !known.isUnsettled &&
    known.places.every(({ eventId }) => listed.some(({ event }) => event.id === eventId));
  if (isComplete) return listed;
  const found = await findEverywhere(calendars.blockCalendarIds, search, listed);
  return calendars.ownBlocks(found);
}

/** The same without having read any calendar. */
export async function findEverywhere(
  calendarIds: readonly string[],
  { client, taskId, known, call }: Search,
  listed: readonly Block[] = [],
): Promise<Block[]> {
  const lists = await Promise.all(
    calendarIds.map(async (calendarId) => {
      const query = { ...call, calendarId, privateExtendedProperty: [blocksOf(taskId)] };
      const events = (await unlessNotFound(client.events.list(query).toArray())) ?? [];
      return events.flatMap((event) => blockOf(calendarId, event) ?? []);
    }),
  );
  const found = unique([...listed, ...lists.flat()]);
  const missing = known.places.filter(({ eventId }) => !found.some(({ event }) => event.id === eventId));
  const byId = await Promise.all(
    missing.flatMap((place) =>
      placesToLook(place, calendarIds).map((at) => findBlock(client, at, taskId, call)),
    ),
  );
  return unique([...found, ...byId.filter((block) => block !== undefined)]);
}

function placesToLook({ calendarId, eventId }: EventPlace, calendarIds: readonly string[]): EventPlace[] {
  return [...new Set([calendarId, ...calendarIds])].map((id) => ({ calendarId: id, eventId }));
}

/** An event that lost its mark is known by its id. */
export async function findBlock(
  client: GoogleCalendarClient,
  { calendarId, eventId }: EventPlace,
  taskId: string,
  call: CallOptions,
): Promise<Block | undefined> {
  const event = await unlessNotFound(client.events.find(eventId, { ...call, calendarId }));
  if (event === undefined || (blockedTaskId(event) ?? taskId) !== taskId) return undefined;
  return blockOf(calendarId, marked(event, taskId));
}

function marked(event: CalendarEvent, taskId: string): CalendarEvent {
  const own = { contextSdkTask: taskId, ...privateProperties(event) };
  return { ...event, extendedProperties: { ...event.extendedProperties, private: own } };
}

function unique(blocks: readonly Block[]): Block[] {
  return [...new Map(blocks.map((block) => [`${block.calendarId}/${block.event.id}`, block])).values()];
}
