import { parseInstant } from '@context-sdk/oauth-core/client-kit';
import { isFlag, isId, isText, oneOf, type Shape, shapeOf } from '../records/shape.ts';
import { invalidInput } from '../utils/input-checks.ts';
import type { Plan } from './plan.ts';

const SLOT = shapeOf({ start: isText, end: isText });

/** An event as a plan has seen it. */
export const SEEN_BLOCK: Shape = shapeOf({ calendarId: isId, eventId: isId }, { slot: SLOT });

/** What a piece has, and what it may have, besides its times. */
const REQUIRED: Readonly<Record<string, Shape>> = {
  taskId: isId,
  title: isText,
  action: oneOf('create', 'change', 'keep'),
};
const OPTIONAL: Readonly<Record<string, Shape>> = {
  occurrence: isText,
  block: SEEN_BLOCK,
  showsFree: isFlag,
};

/** Throws {@link InvalidRequestError} for what can't be a plan, which may come from a file or a browser. */
export function checkPlan(plan: Plan): void {
  if (typeof plan !== 'object' || plan === null) throw invalidInput('plan', 'is not a plan');
  const { id, pieces, removed, request } = plan;
  if (typeof id !== 'string' || id === '') throw invalidInput('plan.id', 'must be a non-empty string');
  if (!Array.isArray(pieces)) throw invalidInput('plan.pieces', 'is not a list');
  if (!Array.isArray(removed)) throw invalidInput('plan.removed', 'is not a list');
  if (typeof request !== 'object' || request === null) throw invalidInput('plan.request', 'is not an object');
  for (const [index, piece] of pieces.entries()) {
    const [start, end] = [parseInstant(piece?.start), parseInstant(piece?.end)];
    if (start === undefined || end === undefined || end <= start)
      throw invalidInput(`plan.pieces[${index}]`, 'has no start and end');
    const members: Readonly<Record<string, unknown>> = { ...piece };
    const isWrong = ([name, fits]: [string, Shape]): boolean =>
      !fits(members[name]) && (Object.hasOwn(REQUIRED, name) || members[name] !== undefined);
    const [wrong] = Object.entries({ ...REQUIRED, ...OPTIONAL }).find(isWrong) ?? [];
    if (wrong !== undefined) throw invalidInput(`plan.pieces[${index}].${wrong}`, 'is not that of a piece');
  }
  for (const [index, place] of removed.entries()) {
    if (!SEEN_BLOCK(place) || !isId(place.taskId))
      throw invalidInput(`plan.removed[${index}]`, 'is not the place of an event');
  }
}
