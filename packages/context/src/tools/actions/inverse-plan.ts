import type { CalendarEvent } from '@context-sdk/google-workspace';
import type { AppliedPiece, AppliedPlan, Plan, PlanPiece, PlanTask } from '../../plans/plan.ts';
import { timesOf } from '../definitions/block-time.ts';
import type { Performed } from '../definitions/definition.ts';
import { writtenEvent } from './event-state.ts';

/**
 * How to take a plan back: another plan, which deletes what was created, and puts back what was moved or deleted. What somebody
 * has changed since is noticed by the events' state.
 */
export function inversePlan(plan: Plan, { pieces: applied }: AppliedPlan): Performed['undo'] {
  const written = applied.flatMap((piece) => writtenPiece(piece) ?? []);
  const created = written.filter(({ outcome, before }) => outcome !== 'unchanged' && before === undefined);
  const deleted = applied.filter(({ outcome, before }) => outcome === 'removed' && before !== undefined);
  const touched = written.filter(({ outcome }) => outcome !== 'unchanged');
  if (touched.length + deleted.length === 0) return { kind: 'none', reason: 'Nothing was changed.' };
  // A plan has times only.
  if (applied.some(({ before }) => before !== undefined && timesOf(before) === undefined))
    return { kind: 'none', reason: 'A block was an event for all day before.' };
  const titles = new Map(plan.request.tasks.map(({ id, title }) => [id, title]));
  const pieceAt = ({ taskId, occurrence }: AppliedPiece, event: CalendarEvent | undefined) => ({
    taskId,
    ...(occurrence !== undefined && { occurrence }),
    title: titles.get(taskId) ?? '',
    start: event?.start?.dateTime ?? '',
    end: event?.end?.dateTime ?? '',
    reason: 'as before',
    reasons: [],
  });
  // What stays is in it, too: otherwise its event would be taken for what is put back.
  const standing = written
    .filter((piece) => !created.includes(piece))
    .map((piece): PlanPiece => {
      const { event, before } = piece;
      return {
        ...pieceAt(piece, before ?? event),
        action: before ? 'change' : 'keep',
        block: placeOf(piece),
      };
    });
  const restored = deleted.map((piece): PlanPiece => ({ ...pieceAt(piece, piece.before), action: 'create' }));
  const pieces = [...standing, ...restored];
  const inverse: Plan = {
    ...plan,
    id: `undo/${crypto.randomUUID()}`,
    request: { ...plan.request, tasks: titledAsBefore(plan, applied), within: covering(plan, pieces) },
    pieces,
    removed: created.map((piece) => ({ taskId: piece.taskId, ...placeOf(piece) })),
    late: [],
    unplaced: [],
  };
  const events = touched.map(({ calendarId, event }) => writtenEvent(calendarId, event));
  return { kind: 'plan-applied', events, inverse };
}

/** The tasks with the titles that their blocks had: applying a plan brings titles up to date. */
function titledAsBefore({ request: { tasks } }: Plan, applied: readonly AppliedPiece[]): PlanTask[] {
  const titles = new Map(applied.flatMap(({ taskId, before }) => (before ? [[taskId, before.summary]] : [])));
  return tasks.map((task) => ({ ...task, title: titles.get(task.id) ?? task.title }));
}

/** The range of a plan, or more if a block was outside of it before: what is busy there counts, too. */
function covering({ request: { within } }: Plan, pieces: readonly PlanPiece[]): Plan['request']['within'] {
  const starts = [within.from, ...pieces.map(({ start }) => start)].map((time) => new Date(time).getTime());
  const ends = [within.to, ...pieces.map(({ end }) => end)].map((time) => new Date(time).getTime());
  return { from: new Date(Math.min(...starts)).toISOString(), to: new Date(Math.max(...ends)).toISOString() };
}

/** The plan with other etags of events. */
export function withEtags(plan: Plan, etags: ReadonlyMap<string, string | undefined>): Plan {
  const current = <T extends { eventId: string; etag?: string }>(place: T): T => {
    const etag = etags.get(place.eventId);
    return etag === undefined ? place : { ...place, etag };
  };
  const pieces = plan.pieces.map((piece) =>
    piece.block ? { ...piece, block: current(piece.block) } : piece,
  );
  return { ...plan, pieces, removed: plan.removed.map(current) };
}

type WrittenPiece = AppliedPiece & { event: CalendarEvent; calendarId: string };

function writtenPiece(piece: AppliedPiece): WrittenPiece | undefined {
  const { outcome, event, calendarId } = piece;
  const isThere = outcome === 'created' || outcome === 'changed' || outcome === 'unchanged';
  if (!isThere || event === undefined || calendarId === undefined) return undefined;
  return { ...piece, event, calendarId };
}

function placeOf({ calendarId, event: { id, etag } }: WrittenPiece) {
  return { calendarId, eventId: id, ...(etag !== undefined && { etag }) };
}
