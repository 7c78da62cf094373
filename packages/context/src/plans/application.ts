import type { Block } from '../time-blocks/block.ts';
import type { Stretch } from '../time-blocks/standing-blocks.ts';
import type { Turn } from '../time-blocks/turn.ts';
import type { Look } from './look.ts';
import type { CheckedPlanOptions } from './plan-options.ts';
import type { Plan } from './plan.ts';
import type { TasksNow } from './tasks-now.ts';

/** What pieces are written beside. */
export interface Application {
  turn: Turn;
  plan: Plan;
  checked: CheckedPlanOptions;
  look: Look;
  /** All blocks that are there, also outside of the plan's range. */
  blocks: readonly Block[];
  calendarId: string;
  tasks: TasksNow;
  /** Times that are not free for the plan. */
  busy: readonly Stretch[];
}

/** Whether nobody has moved a block since the plan was made. Another look, text or mark is no reason to leave it where it is. */
export function isKnownTo({ pieces, removed }: Plan, { calendarId, event, start, end }: Block): boolean {
  const places = [...pieces.flatMap(({ block }) => block ?? []), ...removed];
  const place = places.find((one) => one.calendarId === calendarId && one.eventId === event.id);
  if (place === undefined) return false;
  const { etag, slot } = place;
  const isThere = slot !== undefined && Date.parse(slot.start) === start && Date.parse(slot.end) === end;
  return isThere || etag === event.etag;
}
