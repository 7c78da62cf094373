import { deleteBlock } from './block-event.ts';
import { blockWeight, type CheckedBlockOptions, timeWish } from './block-options.ts';
import type { Block } from './block.ts';
import type { BusyTime } from './busy-times.ts';
import { anyTime, longestTime, timeBeforeDue, type TimeWish } from './choose-time.ts';
import { findBlocks } from './find-blocks.ts';
import { type Displaced, makeRoom } from './make-room.ts';
import { NoFreeSlotError } from './no-free-slot-error.ts';
import { CalendarsRead, withMargin } from './read-calendars.ts';
import { lateMinutes, ownBlocks, type OwnBlocks, standingTimes, type Stretch } from './standing-blocks.ts';
import type { BlockWish } from './stored-blocks.ts';
import { occurrenceOf, spanStart } from './task-dates.ts';
import type { BlockableTask, BlockedTime, BlockTimeOptions, MovedBlock } from './time-block.ts';
import type { Turn } from './turn.ts';
import { matchPieces, movePiece, writePiece, type WrittenPiece } from './write-pieces.ts';

/** One call of `blockTime`, with its arguments checked. */
export interface BlockRequest {
  task: BlockableTask;
  options: BlockTimeOptions;
  checked: CheckedBlockOptions;
}

/** What the calendars say to a request. */
interface Situation {
  calendars: CalendarsRead;
  found: Block[];
  own: OwnBlocks;
  wish: TimeWish;
  weight: number;
  occurrence: string | undefined;
  calendarId: string;
  now: number;
}

/** Where the block is to be. */
interface Decision {
  times: Stretch[];
  displaced: Displaced[];
}

/** Reads the calendars, decides, and writes what differs. */
export async function blockOnce(turn: Turn, request: BlockRequest): Promise<BlockedTime> {
  const { task } = request;
  const known = await turn.records.read(turn.owner, task.id);
  const situation = await lookAround(turn, request, known);
  const decision = decide(situation, request);
  const moved = await moveOthers(turn, situation, decision.displaced);
  return await writeBlock(turn, request, { ...situation, known }, decision, moved);
}

type Known = Awaited<ReturnType<Turn['records']['read']>>;

async function lookAround(
  { client, call }: Turn,
  { task, options, checked: { range, buffers, ...checked } }: BlockRequest,
  known: Known,
): Promise<Situation> {
  const { calendarId, otherCalendarIds, sharedCalendars, hiddenCalendars, counts } = options;
  const knownIds = [...known.places.map((place) => place.calendarId), known.mayBeIn ?? ''];
  const margin = Math.max(buffers.before, buffers.after);
  const busy = { otherCalendarIds, sharedCalendars, hiddenCalendars, counts };
  const reading = { ...busy, range: withMargin(range, margin), calendarId, knownIds, call };
  const calendars = await CalendarsRead.read(client, reading);
  const found = await findBlocks(calendars, { client, taskId: task.id, known, call });
  const now = Date.now();
  const occurrence = occurrenceOf(task);
  const own = ownBlocks(found, occurrence, known, now);
  const formerId = own.kept[0]?.calendarId ?? known.places[0]?.calendarId ?? 'primary';
  const target = calendars.entry(calendarId ?? formerId) ?? calendars.entry('primary');
  const targetId = target?.id ?? 'primary';
  await calendars.readAlso(targetId);
  const timeZone = calendars.timeZone(options.timeZone, targetId);
  const wish = timeWish(task, options, { range, buffers, ...checked }, timeZone, now);
  const weight = blockWeight(task, options);
  return { calendars, found, own, wish, weight, occurrence, calendarId: targetId, now };
}

/** Throws {@link NoFreeSlotError}. */
function decide({ calendars, own, wish, weight, now }: Situation, request: BlockRequest): Decision {
  const { options, checked } = request;
  const { timeZone } = wish;
  const ours = [...own.kept, ...own.doubles];
  const ownIds = new Set(ours.map(({ event }) => event.id));
  const busyWithout = (blocks: readonly Block[]): BusyTime[] =>
    calendars.busy(timeZone, [...ours, ...blocks]);
  const busy = busyWithout([]);
  const standing = standingTimes(own.kept, wish, checked.range, busy, now);
  const isStandingLate = standing !== undefined && lateMinutes(standing, wish.due) > 0;
  if (standing && !isStandingLate) return { times: standing, displaced: [] };
  const crowd = {
    weight,
    blocks: calendars.blocks().filter(({ event }) => !ownIds.has(event.id)),
    busyWithout,
    now,
  };
  const alone = (slots: ReturnType<typeof anyTime>) => slots && { slots, displaced: [] };
  const inTime = alone(timeBeforeDue(wish, busy)) ?? makeRoom(wish, crowd, timeBeforeDue);
  if (inTime !== undefined && !(standing && isByHand(own.kept))) return decisionFor(inTime);
  if (options.due === 'require') throw noFreeSlot(wish, busy, true);
  if (standing) return { times: standing, displaced: [] };
  const late = alone(anyTime(wish, busy)) ?? makeRoom(wish, crowd, anyTime);
  if (late === undefined) throw noFreeSlot(wish, busy);
  return decisionFor(late);
}

/** Whether the user has moved a piece, which says more than the task's due time. */
function isByHand(kept: readonly Block[]): boolean {
  return kept.some(({ start, mark: { plan } }) => plan !== undefined && plan.start !== start);
}

function decisionFor({
  slots,
  displaced,
}: {
  slots: { start: string; end: string }[];
  displaced: Displaced[];
}): Decision {
  return {
    times: slots.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) })),
    displaced,
  };
}

function noFreeSlot(wish: TimeWish, busy: readonly BusyTime[], isBeforeDue = false): NoFreeSlotError {
  const to = isBeforeDue ? Math.min(wish.to, wish.due) : wish.to;
  return new NoFreeSlotError(wish.minutes, longestTime({ ...wish, to }, busy), { isBeforeDue });
}

async function moveOthers(
  { client, call, lease }: Turn,
  { calendars, wish }: Situation,
  displaced: readonly Displaced[],
): Promise<MovedBlock[]> {
  const moved: MovedBlock[] = [];
  for (const { block, slot } of displaced) {
    const { taskId, plan } = block.mark;
    const time = { start: Date.parse(slot.start), end: Date.parse(slot.end) };
    const timeZone = calendars.timeZone(wish.timeZone, block.calendarId);
    lease.signal.throwIfAborted();
    const event = await movePiece(client, block, time, timeZone, call);
    const due = plan?.due ?? Number.POSITIVE_INFINITY;
    moved.push({ taskId, event, slot, lateMinutes: lateMinutes([time], due) });
  }
  return moved;
}

async function writeBlock(
  turn: Turn,
  { task, options }: BlockRequest,
  situation: Situation & { known: Known },
  { times }: Decision,
  moved: MovedBlock[],
): Promise<BlockedTime> {
  const { client, records, region, call, lease, owner } = turn;
  const { own, found, wish, weight, occurrence, calendarId, now, known } = situation;
  const active = own.kept.filter(({ end }) => end > now);
  const standing = active.length > 0 ? active : own.kept;
  const inTarget = standing.filter((block) => block.calendarId === calendarId);
  const elsewhere = standing.filter((block) => block.calendarId !== calendarId);
  const staying = own.kept.filter((block) => !elsewhere.includes(block));
  const used = new Set(staying.map(({ mark }) => mark.piece));
  const plan = planOf(wish, weight, task, options);
  const { wanted, surplus } = matchPieces(times, inTarget, used, { taskId: task.id, occurrence, plan });
  const isCreating = wanted.some(({ block }) => block === undefined);
  if (isCreating) await records.intend(owner, task.id, known, calendarId);
  const content = { task, look: options, region, isLinked: await turn.isLinked(task.id) };
  const writer = { client, content, calendarId, timeZone: wish.timeZone, call, lease };
  const written: WrittenPiece[] = [];
  for (const piece of wanted) written.push(await writePiece(writer, piece));
  const gone = [...surplus, ...elsewhere, ...own.doubles];
  for (const block of gone) {
    await deleteBlock(client, { calendarId: block.calendarId, eventId: block.event.id }, call);
  }
  const others = found.filter((block) => block.end > now && ![...own.kept, ...own.doubles].includes(block));
  const places = [
    ...written.map(({ event }) => ({ calendarId, eventId: event.id })),
    ...others.map((block) => ({ calendarId: block.calendarId, eventId: block.event.id })),
  ];
  await records.save(owner, task.id, places, wishOf(wish, task, options));
  return outcomeOf(written, gone, wish, moved);
}

function planOf(
  { minutes, due, timeZone }: TimeWish,
  weight: number,
  task: BlockableTask,
  options: BlockTimeOptions,
) {
  const begins = spanStart(task, timeZone);
  return {
    minutes,
    ...(begins !== undefined && { begins }),
    ...(Number.isFinite(due) && { due }),
    ...(weight !== 1 && { weight }),
    ...(options.protected === true && { protected: true }),
  };
}

/** What is stored, so that the block can follow its task: everything but what belongs to this call alone. */
function wishOf(
  { minutes, from, to, timeZone }: TimeWish,
  task: BlockableTask,
  options: BlockTimeOptions,
): BlockWish {
  const { durationMinutes: _, within: __, onTaskChange, ...others } = options;
  const { signal: ___, timeoutMs: ____, maxWaitMs: _____, link: ______, ...rest } = others;
  const begins = spanStart(task, timeZone);
  return {
    minutes,
    from,
    to,
    ...(begins !== undefined && { begins }),
    options: rest,
    ...(onTaskChange !== undefined && { onTaskChange }),
  };
}

function outcomeOf(
  written: readonly WrittenPiece[],
  gone: readonly Block[],
  { due }: TimeWish,
  moved: MovedBlock[],
): BlockedTime {
  const pieces = written.map(({ event }) => ({
    event,
    slot: { start: event.start?.dateTime ?? '', end: event.end?.dateTime ?? '' },
  }));
  const [first] = pieces;
  if (first === undefined) throw new Error('A block has at least one piece.');
  const isCreated = written.every(({ did }) => did === 'created');
  const isChanged = gone.length > 0 || written.some(({ did }) => did !== 'unchanged');
  return {
    ...first,
    pieces,
    outcome: isCreated ? 'created' : isChanged ? 'updated' : 'unchanged',
    lateMinutes: lateMinutes(
      written.map(({ time }) => time),
      due,
    ),
    moved,
  };
}
