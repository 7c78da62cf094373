import type { Plan, PlanPiece } from '@context-sdk/context';
import { titleOf } from './make-proposal.ts';
import type { Proposal } from './proposals.ts';

/** What applying a piece does. */
const ACTIONS: Readonly<Record<PlanPiece['action'], string>> = {
  create: 'New',
  change: 'Moves here',
  keep: 'Stays',
};

/** What `views/plan.ejs` shows. */
export interface ShownProposal {
  planId: string;
  isApplied: boolean;
  notes: string[];
  /** In one sentence. */
  summary: string;
  timeZone: string;
  days: { title: string; pieces: { title: string; time: string; reason: string; action: string }[] }[];
  late: string[];
  unplaced: { title: string; text: string }[];
  removed: string[];
}

export function showProposal({ plan, notes, isApplied }: Proposal): ShownProposal {
  const { pieces, late, unplaced, removed, timeZone } = plan;
  const days = Map.groupBy(pieces, ({ start }) => start.slice(0, 10));
  const dayName = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
  return {
    planId: plan.id,
    isApplied,
    notes,
    summary: summaryOf(plan),
    timeZone,
    days: [...days].map(([date, own]) => ({
      title: dayName.format(Date.parse(date)),
      pieces: own.map(({ title, start, end, reason, action }) => ({
        title: title || 'Untitled',
        time: `${start.slice(11, 16)}–${end.slice(11, 16)}`,
        reason,
        action: ACTIONS[action],
      })),
    })),
    late: late.map(({ taskId, minutes }) => `“${titleOf(plan, taskId)}”: ${minutes} minutes after it is due`),
    unplaced: unplaced.map(({ taskId, minutes, text }) => ({
      title: titleOf(plan, taskId),
      text: `${minutes} minutes have no place, because ${text}`,
    })),
    removed: removed.map(({ taskId }) => titleOf(plan, taskId)),
  };
}

function summaryOf({ pieces, removed }: Plan): string {
  const count = (action: PlanPiece['action']): number =>
    pieces.filter((piece) => piece.action === action).length;
  const parts = [`${count('create')} new`, `${count('change')} moved`, `${count('keep')} as they are`];
  if (removed.length > 0) parts.push(`${removed.length} removed`);
  return `${parts.join(', ')}. Nothing is written yet.`;
}
