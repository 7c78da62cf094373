import { invalidInput } from '../utils/input-checks.ts';
import type { Plan } from './plan.ts';

/** Throws {@link InvalidRequestError} for what can't be a plan, which may come from a file or a browser. */
export function checkPlan(plan: Plan): void {
  if (typeof plan !== 'object' || plan === null) throw invalidInput('plan', 'is not a plan');
  const { id, pieces, removed, request } = plan;
  if (typeof id !== 'string' || id === '') throw invalidInput('plan.id', 'must be a non-empty string');
  if (!Array.isArray(pieces)) throw invalidInput('plan.pieces', 'is not a list');
  if (!Array.isArray(removed)) throw invalidInput('plan.removed', 'is not a list');
  if (typeof request !== 'object' || request === null) throw invalidInput('plan.request', 'is not an object');
  for (const [index, piece] of pieces.entries()) {
    const times = [piece?.start, piece?.end].map((time) =>
      typeof time === 'string' ? Date.parse(time) : Number.NaN,
    );
    const [start = Number.NaN, end = Number.NaN] = times;
    if (!(end > start)) throw invalidInput(`plan.pieces[${index}]`, 'has no start and end');
    if (typeof piece.taskId !== 'string')
      throw invalidInput(`plan.pieces[${index}].taskId`, 'must be a string');
  }
  for (const [index, place] of removed.entries()) {
    const isPlace = typeof place?.calendarId === 'string' && typeof place.eventId === 'string';
    if (!isPlace) throw invalidInput(`plan.removed[${index}]`, 'is not the place of an event');
  }
}
