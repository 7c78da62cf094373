import type { CalendarEvent, GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import { zonedText } from '@context-sdk/oauth-core/client-kit';
import { type BlockContent, changeBlock, changesOf, createBlock } from './block-event.ts';
import { type BlockMark, type BlockPlan, markProperties, privateProperties } from './block-mark.ts';
import type { Block } from './block.ts';
import { blockOf } from './read-calendars.ts';
import type { Stretch } from './standing-blocks.ts';
import type { Turn } from './turn.ts';

/** A piece to write. */
export interface WantedPiece {
  time: Stretch;
  mark: BlockMark;
  /** The event that has it now. */
  block?: Block | undefined;
}

/** Where and how pieces are written. */
export interface PieceWriter {
  client: GoogleCalendarClient;
  content: BlockContent;
  calendarId: string;
  timeZone: string;
  call: CallOptions;
  lease: Turn['lease'];
}

/** A piece as it stands in the calendar. */
export interface WrittenPiece {
  event: CalendarEvent;
  time: Stretch;
  did: 'created' | 'updated' | 'unchanged';
}

/** Matches times with the events that stand, in the calendar that they go to: the same times first, then in order. */
export function matchPieces(
  times: readonly Stretch[],
  standing: readonly Block[],
  usedPieces: ReadonlySet<number>,
  common: { taskId: string; occurrence: string | undefined; plan: Omit<BlockPlan, 'start' | 'end'> },
): { wanted: WantedPiece[]; surplus: Block[] } {
  const left = [...standing];
  const take = (isMeant: (block: Block) => boolean): Block | undefined => {
    const at = left.findIndex(isMeant);
    return at === -1 ? undefined : left.splice(at, 1)[0];
  };
  const same = times.map(({ start }) => take((block) => block.start === start));
  const matched = same.map((block) => block ?? take(() => true));
  const used = new Set(usedPieces);
  const wanted = times.map((time, index): WantedPiece => {
    const block = matched[index];
    const piece = block?.mark.piece ?? firstFree(used);
    used.add(piece);
    const { taskId, occurrence } = common;
    const plan = { ...common.plan, start: time.start, end: time.end };
    return { time, block, mark: { taskId, piece, ...(occurrence !== undefined && { occurrence }), plan } };
  });
  return { wanted, surplus: left };
}

function firstFree(used: ReadonlySet<number>): number {
  let piece = 0;
  while (used.has(piece)) piece += 1;
  return piece;
}

/** Creates a piece, or brings its event up to date. */
export async function writePiece(
  { client, content, calendarId, timeZone, call, lease }: PieceWriter,
  { time, mark, block }: WantedPiece,
): Promise<WrittenPiece> {
  lease.signal.throwIfAborted();
  const slot = { start: zonedText(time.start, timeZone), end: zonedText(time.end, timeZone) };
  if (block !== undefined) {
    const kept = keptPlan(block, mark);
    const changes = changesOf(block, content, { slot, timeZone }, kept);
    if (changes === undefined) return { event: block.event, time, did: 'unchanged' };
    return { event: await changeBlock(client, block, changes, call), time, did: 'updated' };
  }
  const event = await createBlock(client, content, { slot, timeZone, calendarId }, mark, call);
  const created = blockOf(calendarId, event);
  const isElsewhere = created?.start !== time.start || created.end !== time.end;
  if (created === undefined || !isElsewhere) return { event, time, did: 'created' };
  // An earlier call created this event, and ended before it was recorded.
  const changes = changesOf(created, content, { slot, timeZone }, mark);
  return { event: changes ? await changeBlock(client, created, changes, call) : event, time, did: 'updated' };
}

/** Puts a piece elsewhere, and leaves all else as it is. */
export async function movePiece(
  client: GoogleCalendarClient,
  block: Block,
  time: Stretch,
  timeZone: string,
  call: CallOptions,
): Promise<CalendarEvent> {
  const { mark, event } = block;
  const plan = mark.plan && { ...mark.plan, ...time };
  const properties = markProperties({ ...mark, ...(plan && { plan }) });
  const changes = {
    start: { dateTime: zonedText(time.start, timeZone), timeZone },
    end: { dateTime: zonedText(time.end, timeZone), timeZone },
    extendedProperties: { private: { ...privateProperties(event), ...properties } },
  };
  return await changeBlock(client, block, changes, call);
}

/** Where the user has put a block by hand, its mark keeps saying where it was before. */
function keptPlan({ start, end, mark: before }: Block, mark: BlockMark): BlockMark {
  const { plan } = mark;
  if (plan === undefined || plan.start !== start || plan.end !== end || before.plan === undefined)
    return mark;
  return { ...mark, plan: { ...plan, start: before.plan.start, end: before.plan.end } };
}
