import type {
  CalendarEvent,
  EventChanges,
  GoogleCalendarClient,
  NewEventInput,
  Slot,
} from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Region } from '@context-sdk/ticktick-client';
import { asText, escapeHtml, unescapeHtml } from '../utils/text.ts';
import { taskUrl } from '../utils/web-urls.ts';
import { type BlockMark, keyOfBlock, markProperties, privateProperties } from './block-mark.ts';
import type { Block } from './block.ts';
import type { BlockableTask, BlockLook, EventPlace } from './time-block.ts';

const DEFAULT_REMINDERS = [{ method: 'popup', minutes: 10 }] as const;
const FOCUS_TIME = { autoDeclineMode: 'declineNone', chatStatus: 'doNotDisturb' } as const;

/** The link that a block begins with. */
const TASK_LINK = /(<a href="https:\/\/[^"/]+\/webapp\/[^"]*">)([^<]*)<\/a>/;

/** What a block says and looks like. */
export interface BlockContent {
  task: Pick<BlockableTask, 'id' | 'projectId' | 'title'>;
  look: BlockLook;
  region: Region | undefined;
  /** Whether a link decides on the title: a block that is there keeps its own. */
  isLinked?: boolean;
}

/** Where a block goes. */
export interface BlockTarget {
  calendarId: string;
  timeZone: string;
  slot: Slot;
}

/** Creates the block. For one calendar and piece there is only ever one event, however often and by whom this is called. */
export async function createBlock(
  client: GoogleCalendarClient,
  { task, look, region }: BlockContent,
  { slot, timeZone, calendarId }: BlockTarget,
  mark: BlockMark,
  call: CallOptions,
): Promise<CalendarEvent> {
  const { reminders = DEFAULT_REMINDERS, focusTime = false } = look;
  const event: NewEventInput = {
    ...textsOf(task, look, region),
    ...timesOf(slot, timeZone),
    ...lookOf(look),
    reminders: { useDefault: false, overrides: [...reminders] },
    extendedProperties: { private: markProperties(mark) },
    ...(focusTime !== false && {
      eventType: 'focusTime',
      focusTimeProperties: focusTime === true ? FOCUS_TIME : focusTime,
    }),
  };
  return await client.events.create(event, { ...call, calendarId, key: keyOfBlock(mark) });
}

/** What differs between a block and what it should be. `undefined` if nothing does. */
export function changesOf(
  { event, start, end }: Block,
  { task, look, region, isLinked = false }: BlockContent,
  { slot, timeZone }: Omit<BlockTarget, 'calendarId'>,
  mark: BlockMark,
): EventChanges | undefined {
  const keepsTitle = isLinked && look.title === undefined;
  const title = keepsTitle ? (linkedTitle(event) ?? task.title) : task.title;
  const { description, ...texts } = textsOf({ ...task, title }, look, region);
  if (keepsTitle) texts.summary = event.summary ?? title;
  const wanted: EventChanges = {
    ...texts,
    description: withLink(event.description, description),
    ...lookOf(look),
  };
  const changes: EventChanges = {};
  for (const [name, value] of Object.entries(wanted) as [keyof EventChanges, unknown][]) {
    const now = (event as Partial<Record<keyof EventChanges, unknown>>)[name];
    if (!isSame(now ?? DEFAULTS[name], value)) Object.assign(changes, { [name]: value });
  }
  if (look.reminders !== undefined && !isSame(event.reminders?.overrides ?? [], look.reminders)) {
    changes.reminders = { useDefault: false, overrides: [...look.reminders] };
  }
  if (Date.parse(slot.start) !== start || Date.parse(slot.end) !== end) {
    Object.assign(changes, timesOf(slot, timeZone));
  }
  const before = privateProperties(event);
  const own = { ...before, ...markProperties(mark) };
  if (!isSame(before, own)) changes.extendedProperties = { private: own };
  return Object.keys(changes).length === 0 ? undefined : changes;
}

/** The title that a block was written with last: its link to the task still has it when the user has changed the block's own. */
export function linkedTitle({ description }: CalendarEvent): string | undefined {
  const text = TASK_LINK.exec(asText(description))?.[2];
  return text === undefined ? undefined : unescapeHtml(text);
}

/** The changes that give a block another title, in its link, too. */
export function retitled({ description }: CalendarEvent, title: string): EventChanges {
  if (typeof description !== 'string') return { summary: title };
  const withTitle = description.replace(TASK_LINK, (_, tag: string) => `${tag}${escapeHtml(title)}</a>`);
  return { summary: title, description: withTitle };
}

/** Changes a block. Throws {@link ConflictError} if the event was changed since it was read. */
export async function changeBlock(
  client: GoogleCalendarClient,
  { calendarId, event: { id, etag, attendees } }: Pick<Block, 'calendarId' | 'event'>,
  changes: EventChanges,
  call: CallOptions,
): Promise<CalendarEvent> {
  const sendUpdates = attendees?.length ? 'all' : 'none';
  const options = { ...call, calendarId, sendUpdates, ifMatch: etag } as const;
  return await client.events.patch(id, changes, options);
}

/** Deletes a block. Succeeds if it is already deleted. */
export async function deleteBlock(
  client: GoogleCalendarClient,
  { calendarId, eventId }: EventPlace,
  call: CallOptions,
): Promise<void> {
  await client.events.delete(eventId, { ...call, calendarId, sendUpdates: 'all' });
}

/** What Google leaves out. */
const DEFAULTS: Partial<Record<keyof EventChanges, unknown>> = {
  transparency: 'opaque',
  visibility: 'default',
};

function textsOf(task: BlockContent['task'], { title = task.title }: BlockLook, region: Region | undefined) {
  const url = taskUrl(task, region);
  return {
    summary: title,
    description: `<a href="${escapeHtml(url)}">${escapeHtml(task.title)}</a>`,
    source: { title: 'TickTick', url },
  };
}

/** A description with another link to the task: what the user has written around it stays. */
function withLink(description: string | undefined, link: string): string | undefined {
  if (typeof description !== 'string' || description.includes(link)) return description;
  return description.replace(TASK_LINK, () => link);
}

function lookOf({ colorId, visibility, transparency }: BlockLook) {
  return {
    ...(colorId !== undefined && { colorId }),
    ...(visibility !== undefined && { visibility }),
    ...(transparency !== undefined && { transparency }),
  };
}

function timesOf({ start, end }: Slot, timeZone: string) {
  return { start: { dateTime: start, timeZone }, end: { dateTime: end, timeZone } };
}

/** Whether two JSON values are the same, whatever the order of their members. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === other;
  }
  const [names, others] = [Object.keys(one), Object.keys(other)];
  if (names.length !== others.length) return false;
  return names.every((name) =>
    isSame((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
  );
}
