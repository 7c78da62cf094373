import { readEventTimes } from '@context-sdk/google-workspace';
import { sha256, zonedText } from '@context-sdk/oauth-core/client-kit';
import type { Block } from '../time-blocks/block.ts';
import { lateMinutes } from '../time-blocks/standing-blocks.ts';
import { matchPieces } from '../time-blocks/write-pieces.ts';
import { asText } from '../utils/text.ts';
import { bestDraft, type Draft } from './draft.ts';
import type { Look } from './look.ts';
import type { CheckedPlanOptions } from './plan-options.ts';
import { planRequest } from './plan-request.ts';
import type { Plan, PlanPiece, SeenBlock } from './plan.ts';
import { type Neighbor, reasonFor, UNPLACED_TEXTS } from './reasons.ts';
import { slackOf } from './slack.ts';
import { type StandingWork, standingWork } from './standing-work.ts';
import type { Work } from './work.ts';

/** Proposes a plan beside what was read. `plansApplied` tells plans apart that were made before and after another was applied. */
export async function makePlan(
  look: Look,
  checked: CheckedPlanOptions,
  previous: Plan | undefined,
  plansApplied: number,
): Promise<Plan> {
  const { calendars, timeZone, work, blocks, now } = look;
  const active = blocks.filter(({ end }) => end > now);
  const busy = calendars.busy(timeZone, active);
  const standing = standingWork(work, blocks, previousPieces(previous), { checked, timeZone, busy, now });
  const draft = bestDraft({ checked, timeZone, standing, busy, now });
  const neighbors = neighborsOf(look, draft);
  const gapMinutes = checked.buffers.before + (checked.options.granularityMinutes ?? 15);
  const reasons = { neighbors, timeZone, gapMinutes, now };
  const placed = standing.map((one) => placedWork(one, draft));
  const pieces = placed.flatMap(({ standing: one, pieces: own }) => {
    const showsFree = showsAsFree(one.work, draft, busy, checked, timeZone);
    return own.map(({ piece, block }): PlanPiece => {
      const { task, occurrence } = one.work;
      return {
        taskId: task.id,
        title: task.title,
        ...(occurrence !== undefined && { occurrence }),
        start: zonedText(piece.start, timeZone),
        end: zonedText(piece.end, timeZone),
        action: actionOf(piece, block),
        ...(block && { block: asSeen(block, timeZone) }),
        ...(showsFree !== undefined && { showsFree }),
        ...reasonFor(piece, reasons),
      };
    });
  });
  // Blocks that no work needs any more, and that have not begun, go.
  const used = new Set(placed.flatMap(({ pieces: own }) => own.flatMap(({ block }) => block ?? [])));
  const plan = {
    pieces: pieces.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start)),
    late: lateWork(work, draft),
    unplaced: unplacedWork(work, draft),
    removed: blocks
      .filter((block) => block.start > now && !used.has(block))
      .map((block) => ({ taskId: block.mark.taskId, ...asSeen(block, timeZone) })),
    timeZone,
    request: planRequest(checked),
  };
  return { id: await sha256(JSON.stringify([plan, plansApplied])), ...plan };
}

interface PlacedWork {
  standing: StandingWork;
  pieces: { piece: Draft['pieces'][number]; block: Block | undefined }[];
}

/** Which event each piece is given. */
function placedWork(standing: StandingWork, draft: Draft): PlacedWork {
  const own = draft.pieces.filter(({ work }) => work === standing.work);
  const { task, occurrence, minutes } = standing.work;
  const common = { taskId: task.id, occurrence, plan: { minutes } };
  const { wanted } = matchPieces(own, standing.blocks, new Set(), common);
  return { standing, pieces: own.map((piece, index) => ({ piece, block: wanted[index]?.block })) };
}

function actionOf({ start, end }: Draft['pieces'][number], block: Block | undefined): PlanPiece['action'] {
  if (block === undefined) return 'create';
  return block.start === start && block.end === end ? 'keep' : 'change';
}

function asSeen({ calendarId, event: { id, etag }, start, end }: Block, timeZone: string): SeenBlock {
  const slot = { start: zonedText(start, timeZone), end: zonedText(end, timeZone) };
  return { calendarId, eventId: id, ...(etag !== undefined && { etag }), slot };
}

function previousPieces(plan: Plan | undefined): { workId: string; start: number; end: number }[] {
  return (plan?.pieces ?? []).map(({ taskId, occurrence, start, end }) => ({
    workId: occurrence === undefined ? taskId : `${taskId}@${occurrence}`,
    start: Date.parse(start),
    end: Date.parse(end),
  }));
}

function lateWork(work: readonly Work[], { pieces }: Draft): Plan['late'] {
  return work.flatMap((one) => {
    const minutes = lateMinutes(
      pieces.filter((piece) => piece.work === one),
      one.due,
    );
    return minutes > 0 ? [{ ...nameOf(one), minutes }] : [];
  });
}

function unplacedWork(work: readonly Work[], { unplaced }: Draft): Plan['unplaced'] {
  return unplaced.flatMap(({ taskId, minutes, reason }) => {
    const one = work.find(({ id }) => id === taskId);
    return one === undefined ? [] : [{ ...nameOf(one), minutes, reason, text: UNPLACED_TEXTS[reason] }];
  });
}

function nameOf({ task, occurrence }: Work): { taskId: string; occurrence?: string } {
  return { taskId: task.id, ...(occurrence !== undefined && { occurrence }) };
}

function neighborsOf({ calendars, timeZone, blocks }: Look, draft: Draft): Neighbor[] {
  const events = calendars.takingTime(timeZone, blocks).flatMap(({ event }): Neighbor[] => {
    const times = readEventTimes(event, timeZone);
    if (times === undefined || times.allDay || times.end === undefined) return [];
    return [{ event, title: asText(event.summary), start: times.start.getTime(), end: times.end.getTime() }];
  });
  const work = draft.pieces.map(({ work: { task }, start, end }) => ({ title: task.title, start, end }));
  return [...events, ...work];
}

function showsAsFree(
  work: Work,
  { pieces }: Draft,
  busy: Parameters<typeof slackOf>[2],
  checked: CheckedPlanOptions,
  timeZone: string,
): boolean | undefined {
  const { busyBelowSlackMinutes } = checked.options;
  if (busyBelowSlackMinutes === undefined) return undefined;
  const taken = pieces.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) }));
  const own = pieces.filter((piece) => piece.work === work);
  return slackOf(work, own, [...busy, ...taken], checked, timeZone) >= busyBelowSlackMinutes;
}
