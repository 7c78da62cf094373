import { InvalidRequestError } from '@context-sdk/oauth-core';
import { DAY_MS, MINUTE_MS } from '@context-sdk/oauth-core/client-kit';
import type { Task } from '@context-sdk/ticktick-client';
import { unknownFields } from '../utils/unknown-fields.ts';
import { changeBlock, changesOf, deleteBlock } from './block-event.ts';
import { blockOnce } from './block-once.ts';
import { type CheckedBlockOptions, checkedBlockOptions } from './block-options.ts';
import type { KnownBlocks } from './block-records.ts';
import type { Block } from './block.ts';
import { findBlock, findEverywhere } from './find-blocks.ts';
import { NoFreeSlotError } from './no-free-slot-error.ts';
import type { BlockWish } from './stored-blocks.ts';
import { dueTime, knownZone, occurrenceOf, spanStart } from './task-dates.ts';
import type { BlockTimeOptions, EventPlace } from './time-block.ts';
import type { Turn } from './turn.ts';

/**
 * What became of a task's blocks:
 * - `nothing`: it has none, or they are as they should be;
 * - `freed`: the task is done or gone; what was worked stays;
 * - `updated`: they have its new title, link or time;
 * - `no-room`: they stay where they are, although the task's dates have changed: there is no other time.
 */
export interface FollowedTask {
  did: 'nothing' | 'freed' | 'updated' | 'no-room';
  /** The blocks that the task has now, and those that are over. */
  blocks: EventPlace[];
}

const WEEK_MS = 7 * DAY_MS;

/** Brings the blocks of a task in line with what it is now; `undefined` if it is gone. */
export async function followTask(turn: Turn, taskId: string, task: Task | undefined): Promise<FollowedTask> {
  const known = await turn.records.read(turn.owner, taskId);
  if (known.places.length === 0 && !known.isUnsettled) return { did: 'nothing', blocks: [] };
  // Of a task that can only be read in part it isn't known that it is done, or due at another time.
  if (task !== undefined && unknownFields(task).size > 0)
    return { did: 'nothing', blocks: [...known.places] };
  const blocks = await standingBlocks(turn, taskId, known);
  const now = Date.now();
  const isOpen = task !== undefined && (task.status ?? 0) === 0;
  const gone = isOpen ? formerOccurrences(blocks, task) : blocks;
  const didFree = await free(turn, gone, now);
  const rest = blocks.filter((block) => !gone.includes(block));
  const over = gone.filter(({ start }) => start <= now);
  const followed = isOpen ? await update(turn, task, rest, known.wish, now) : undefined;
  if (followed?.isSaved !== true) {
    const places = [...rest, ...over].map(placeOf);
    await turn.records.save(turn.owner, taskId, places, known.wish);
  }
  const did = followed?.did ?? 'nothing';
  return { did: did === 'nothing' && didFree ? 'freed' : did, blocks: [...rest, ...over].map(placeOf) };
}

/** The blocks where they were last seen, or wherever the user has moved them. */
async function standingBlocks(turn: Turn, taskId: string, known: KnownBlocks): Promise<Block[]> {
  const { client, call } = turn;
  const found = await Promise.all(known.places.map((place) => findBlock(client, place, taskId, call)));
  const blocks = found.filter((block) => block !== undefined);
  if (blocks.length === known.places.length && !known.isUnsettled) return blocks;
  const entries = await client.calendars
    .list({ ...call, showHidden: true, minAccessRole: 'owner' })
    .toArray();
  const calendarIds = entries.map(({ id }) => id);
  return await findEverywhere(calendarIds, { client, taskId, known, call }, blocks);
}

/** Blocks of occurrences before the one that a recurring task shows now: those were completed, or skipped. */
function formerOccurrences(blocks: readonly Block[], task: Task): Block[] {
  const current = occurrenceOf(task);
  if (current === undefined) return [];
  return blocks.filter(({ mark: { occurrence } }) => occurrence !== undefined && occurrence < current);
}

/** Deletes what has not begun, and ends what has. What is over was worked, and stays. */
async function free({ client, call }: Turn, blocks: readonly Block[], now: number): Promise<boolean> {
  const upcoming = blocks.filter(({ end }) => end > now);
  for (const block of upcoming) {
    if (block.start > now) {
      await deleteBlock(client, placeOf(block), call);
      continue;
    }
    const end = Math.ceil((now + 1) / MINUTE_MS) * MINUTE_MS;
    if (end < block.end) {
      await changeBlock(client, block, { end: { dateTime: new Date(end).toISOString() } }, call);
    }
  }
  return upcoming.length > 0;
}

interface Updated {
  did: FollowedTask['did'];
  /** Whether the record was written with it. */
  isSaved: boolean;
}

async function update(
  turn: Turn,
  task: Task,
  blocks: readonly Block[],
  wish: BlockWish | undefined,
  now: number,
): Promise<Updated> {
  const current = occurrenceOf(task);
  // A task that recurs only now takes its block along.
  const own = blocks.filter(
    ({ mark, end }) => end > now && (current === undefined || (mark.occurrence ?? current) === current),
  );
  const wanted = wish && wantedTime(task, own, wish, now);
  const checked = wanted && usable(wanted);
  if (wanted === undefined || checked === undefined) {
    return { did: await rename(turn, task, own, wish), isSaved: false };
  }
  try {
    const { outcome } = await blockOnce(turn, { task, options: wanted, checked });
    return { did: outcome === 'unchanged' ? 'nothing' : 'updated', isSaved: true };
  } catch (error) {
    if (!(error instanceof NoFreeSlotError)) throw error;
    await rename(turn, task, own, wish);
    return { did: 'no-room', isSaved: false };
  }
}

/** `undefined` for stored options that no block can have any more. */
function usable(options: BlockTimeOptions): CheckedBlockOptions | undefined {
  try {
    return checkedBlockOptions(options);
  } catch (error) {
    if (error instanceof InvalidRequestError) return undefined;
    throw error;
  }
}

/** What to ask for if the dates have changed, so that the blocks may have to go elsewhere. */
function wantedTime(
  task: Task,
  own: readonly Block[],
  { minutes, to, begins: began, taskDue, options, onTaskChange }: BlockWish,
  now: number,
): BlockTimeOptions | undefined {
  const wished = options as Partial<BlockTimeOptions>;
  if (own.length === 0 || wished.protected === true || wished.due === 'ignore') return undefined;
  // Blocks are in the zone by which they were placed.
  const timeZone = knownZone(wished.timeZone, own[0]?.event.start?.timeZone, task.timeZone);
  const due = dueTime(task, timeZone);
  const begins = spanStart(task, timeZone) ?? now;
  const isAsItWas = taskDue !== undefined && taskDue === (due ?? null);
  const isDueAnew = !isAsItWas && own.some(({ mark: { plan } }) => plan !== undefined && plan.due !== due);
  const isTooEarly = begins !== began && own.some(({ start }) => start > now && start < begins);
  if (!isDueAnew && !isTooEarly) return undefined;
  const from = Math.max(now, begins);
  const until = Math.max(to, due ?? 0);
  const within = { from: new Date(from), to: new Date(until > from ? until : from + WEEK_MS) };
  return { ...wished, durationMinutes: minutes, within, onTaskChange };
}

async function rename(
  { client, region, call, isLinked: isLinkedTask }: Turn,
  task: Task,
  own: readonly Block[],
  wish: BlockWish | undefined,
): Promise<FollowedTask['did']> {
  let did: FollowedTask['did'] = 'nothing';
  const { title } = (wish?.options ?? {}) as Pick<BlockTimeOptions, 'title'>;
  const isLinked = await isLinkedTask(task.id);
  const current = occurrenceOf(task);
  for (const block of own) {
    const { start, end } = block;
    const slot = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
    const changes = changesOf(
      block,
      { task, look: { title }, region, isLinked },
      { slot, timeZone: 'UTC' },
      current === undefined ? block.mark : { ...block.mark, occurrence: current },
    );
    if (changes === undefined) continue;
    await changeBlock(client, block, changes, call);
    did = 'updated';
  }
  return did;
}

function placeOf({ calendarId, event }: Block): EventPlace {
  return { calendarId, eventId: event.id };
}
