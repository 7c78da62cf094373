import type { RecordStore } from '@context-sdk/oauth-core';
import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import type { UserClients } from '../connections/user-clients.ts';
import { deleteBlock } from '../time-blocks/block-event.ts';
import { ALL_BLOCKS } from '../time-blocks/block-mark.ts';
import type { Block } from '../time-blocks/block.ts';
import type { BlockWish } from '../time-blocks/stored-blocks.ts';
import { dueTime, spanStart } from '../time-blocks/task-dates.ts';
import type { Turn } from '../time-blocks/turn.ts';
import { type Application, isKnownTo } from './application.ts';
import { attempt, nameOf, slotOf } from './applied-piece.ts';
import { applyWork } from './apply-work.ts';
import { checkPlan } from './check-plan.ts';
import { hoursWithin } from './hours-within.ts';
import { type Look, lookAt } from './look.ts';
import { isDone } from './outcomes.ts';
import { checkedPlanOptions } from './plan-options.ts';
import { forgetPlans, readPlanState, rememberPlan } from './plan-state.ts';
import type { AppliedPiece, AppliedPlan, Plan } from './plan.ts';
import { isEnded, readTasksNow } from './tasks-now.ts';
import type { Work } from './work.ts';

/** Tasks whose blocks are written at once. */
const CONCURRENCY = 5;

/**
 * Writes a plan, piece by piece, where its task is still to be done, its time is free and nobody has moved the block meanwhile.
 */
export async function applyPlan(
  turn: Turn,
  store: RecordStore,
  plan: Plan,
  clients: UserClients,
): Promise<AppliedPlan> {
  checkPlan(plan);
  const checked = checkedPlanOptions(plan.request);
  const state = await readPlanState(store, turn.owner);
  const before = state.applied.find(({ id }) => id === plan.id);
  if (before !== undefined) return appliedBefore(plan, before.isComplete);
  const [look, tasks] = await Promise.all([
    lookAt(turn.client, checked, turn.call),
    readTasksNow(plan, clients, { ...turn.call, grantId: undefined }),
  ]);
  const application = await prepare({ turn, plan, checked, look, tasks });
  const pieces = await eachTask(application);
  const outcome = { planId: plan.id, isComplete: pieces.every(({ outcome: one }) => isDone(one)), pieces };
  const isOver = pieces.every(({ outcome: one }) => one !== 'failed');
  const applied = { id: plan.id, isComplete: outcome.isComplete, userId: clients.id };
  if (isOver) await rememberPlan(store, turn.owner, state, applied);
  if (!(await turn.records.isConnected(turn.owner))) await forgetPlans(store, turn.owner, clients.id);
  return outcome;
}

function appliedBefore(plan: Plan, isComplete: boolean): AppliedPlan {
  const pieces = plan.pieces.map((piece) => ({
    ...nameOf(piece),
    outcome: 'unchanged' as const,
    slot: slotOf(piece),
  }));
  return { planId: plan.id, isComplete, pieces };
}

type Read = Pick<Application, 'turn' | 'plan' | 'checked' | 'look' | 'tasks'>;

async function prepare(read: Read): Promise<Application> {
  const { turn, plan, checked, look } = read;
  const { calendars, timeZone } = look;
  const isCreating = plan.pieces.some(({ action }) => action === 'create');
  const blocks = isCreating ? await everyBlock(turn, look) : calendars.blocks();
  const planned = blocks.filter((block) => isAsPlanned(plan, block) || isKnownTo(plan, block));
  const busy = calendars.busy(timeZone, planned);
  return {
    ...read,
    blocks,
    calendarId: calendars.entry(checked.options.calendarId ?? 'primary')?.id ?? 'primary',
    busy: busy.map(({ start, end }) => ({ start: start.getTime(), end: end.getTime() })),
  };
}

/** The blocks of all calendars, whenever they are: a task may have one outside of the plan's range. */
async function everyBlock({ client, call }: Turn, { calendars }: Look): Promise<Block[]> {
  const lists = await Promise.all(
    calendars.blockCalendarIds.map(async (calendarId) => {
      const query = { ...call, calendarId, privateExtendedProperty: [ALL_BLOCKS], maxResults: 2_500 };
      const events = (await unlessNotFound(client.events.list(query).toArray())) ?? [];
      return calendars.ownBlocks(events.map((event) => ({ calendarId, event })));
    }),
  );
  const all = [...calendars.blocks(), ...lists.flat()];
  return [...new Map(all.map((block) => [`${block.calendarId}/${block.event.id}`, block])).values()];
}

/** Whether a block is where the plan wants it, for example since an earlier call put it there. */
function isAsPlanned(plan: Plan, { mark, start, end }: Block): boolean {
  return plan.pieces.some(
    (piece) =>
      piece.taskId === mark.taskId &&
      piece.occurrence === mark.occurrence &&
      Date.parse(piece.start) === start &&
      Date.parse(piece.end) === end,
  );
}

async function eachTask(application: Application): Promise<AppliedPiece[]> {
  const { plan } = application;
  const ids = [...new Set([...plan.removed, ...plan.pieces].map(({ taskId }) => taskId))];
  const outcomes = new Map<string, AppliedPiece[]>();
  const rest = [...ids];
  const worker = async (): Promise<void> => {
    for (let id = rest.shift(); id !== undefined; id = rest.shift()) {
      outcomes.set(id, await applyTask(application, id));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return ids.flatMap((id) => outcomes.get(id) ?? []);
}

/** The pieces of one task: what goes first, then what is written. */
async function applyTask(application: Application, taskId: string): Promise<AppliedPiece[]> {
  const { turn, plan, look, blocks, tasks } = application;
  const { records, owner } = turn;
  const pieces = plan.pieces.filter((piece) => piece.taskId === taskId);
  const outcomes: AppliedPiece[] = [];
  for (const place of plan.removed.filter((one) => one.taskId === taskId)) {
    outcomes.push(await attempt(turn, { taskId }, () => remove(application, place)));
  }
  const known = await records.read(owner, taskId);
  const isCreating = pieces.some((piece) => piece.action === 'create' && !isEnded(tasks, piece));
  if (isCreating) await records.intend(owner, taskId, known, application.calendarId);
  const works = look.work.filter(({ task }) => task.id === taskId);
  for (const work of works) {
    const own = pieces.filter(({ occurrence }) => occurrence === work.occurrence);
    outcomes.push(...(await applyWork(application, work, own)));
  }
  const removed = new Set(plan.removed.map(({ eventId }) => eventId));
  const written = new Set(outcomes.flatMap(({ event }) => (event ? [event.id] : [])));
  const standing = blocks.filter(
    ({ mark, event, end }) =>
      mark.taskId === taskId && end > look.now && !removed.has(event.id) && !written.has(event.id),
  );
  const places = [
    ...outcomes.flatMap(({ event, calendarId }) =>
      event && calendarId !== undefined ? [{ calendarId, eventId: event.id }] : [],
    ),
    ...standing.map(({ calendarId, event }) => ({ calendarId, eventId: event.id })),
  ];
  await records.save(owner, taskId, places, wishFor(application, works[0]) ?? known.wish);
  return outcomes;
}

async function remove(
  { turn: { client, call }, plan, blocks }: Application,
  { taskId, calendarId, eventId }: Plan['removed'][number],
): Promise<AppliedPiece> {
  const block = blocks.find((one) => one.calendarId === calendarId && one.event.id === eventId);
  if (block !== undefined && !isKnownTo(plan, block))
    return { taskId, outcome: 'conflict', event: block.event, calendarId };
  if (block !== undefined) await deleteBlock(client, { calendarId, eventId }, call);
  return { taskId, outcome: 'removed', ...(block && { before: block.event, calendarId }) };
}

/** What is stored, so that blocks can follow their task. */
function wishFor({ plan, checked }: Application, work: Work | undefined): BlockWish | undefined {
  if (work === undefined) return undefined;
  const { range, workingHours } = checked;
  const { request, timeZone } = plan;
  const { tasks: _, within: __, lunch: ___, durationMinutes: ____, onTaskChange, ...options } = request;
  const { maxHoursPerDay: _____, busyBelowSlackMinutes: ______, ...rest } = options;
  const { minPieceMinutes, splittable, weight, hours, protected: isProtected } = work.task;
  const own = { minPieceMinutes, splittable, weight, protected: isProtected };
  const begins = spanStart(work.task, timeZone);
  return {
    minutes: work.minutes,
    from: range.from.getTime(),
    to: range.to.getTime(),
    ...(begins !== undefined && { begins }),
    ...(work.task.due !== undefined && { taskDue: dueTime(work.task, timeZone) ?? null }),
    options: {
      ...rest,
      ...own,
      timeZone,
      workingHours: hours ? hoursWithin(hours, workingHours) : workingHours,
    },
    ...(onTaskChange !== undefined && { onTaskChange }),
  };
}
