import { isTimeZone } from '@context-sdk/oauth-core/client-kit';
import {
  isFlag,
  isId,
  isMoment,
  isNumber,
  isText,
  isTime,
  listOf,
  oneOf,
  type Shape,
  shapeOf,
} from '../records/shape.ts';
import type { EventPlace, OnTaskChange } from './time-block.ts';

/** What the host asked for when it blocked time for a task, so that the block can follow its task later. */
export interface BlockWish {
  minutes: number;
  /** Epoch milliseconds. */
  from: number;
  to: number;
  /** When the task began then, if it had a start. */
  begins?: number;
  /** When the task was due by itself, `null` if never, where the host gave its blocks another time. */
  taskDue?: number | null;
  /** The other options of the call, as JSON. */
  options: object;
  /** What a change of the task means for its blocks. */
  onTaskChange?: OnTaskChange;
}

/** What is stored of a task's blocks. The first one's place is at the top, as it was when a task had only one. */
export interface StoredBlocks extends Partial<EventPlace> {
  /** The user who blocked the time. */
  userId?: string;
  /** The other pieces. */
  more?: EventPlace[];
  /** A calendar in which a call was about to create a block. If it is still here, that call crashed. */
  mayBeIn?: string;
  wish?: BlockWish;
}

/** Stands in for a damaged record: as after a crash, only the calendars say whether there are blocks. */
export const LOST_BLOCKS: StoredBlocks = { mayBeIn: 'primary' };

/** More than any work takes. */
const MAX_MINUTES = 100_000;

/** Options that weren't given are absent or null. */
function unlessNull(shape: Shape): Shape {
  return (value) => value === null || shape(value);
}

const isAmount = unlessNull(isNumber);

/** The options of a call that its blocks keep. Google refuses those that it can't show, by name. */
const OPTIONS = shapeOf(
  {},
  {
    title: unlessNull(isText),
    timeZone: unlessNull(isTimeZone),
    calendarId: unlessNull(isText),
    protected: unlessNull(isFlag),
    splittable: unlessNull(isFlag),
    granularityMinutes: isAmount,
    minimumNoticeMinutes: isAmount,
    minPieceMinutes: isAmount,
    weight: isAmount,
    due: unlessNull(oneOf('prefer', 'require', 'ignore')),
    otherCalendarIds: unlessNull(listOf(isText)),
    sharedCalendars: unlessNull(isFlag),
    hiddenCalendars: unlessNull(isFlag),
  },
);

const PLACE = { calendarId: isId, eventId: isId };
const WISH = shapeOf(
  {
    minutes: (value) => isNumber(value) && Number(value) > 0 && Number(value) <= MAX_MINUTES,
    from: isMoment,
    to: isMoment,
    options: OPTIONS,
  },
  { begins: isTime, taskDue: unlessNull(isTime), onTaskChange: oneOf('follow', 'ask', 'leave') },
);
const REST = { userId: isText, more: listOf(shapeOf(PLACE)), mayBeIn: isId, wish: WISH };
const BLOCKS = shapeOf(PLACE, REST);
const INTENT = shapeOf({ mayBeIn: isId }, { ...REST, calendarId: isId, eventId: isId });

/** Whether a record says where the blocks of a task are, or where they may be. */
export function isStoredBlocks(value: unknown): value is StoredBlocks {
  return BLOCKS(value) || INTENT(value);
}
