import { freeSlots, type WorkingHours } from '@context-sdk/google-workspace';
import { isObject, MINUTE_MS, type OptionTypes, type OwnOptions } from '@context-sdk/oauth-core/client-kit';
import { weightOfPriority } from '../planning/weights.ts';
import { type CheckedRange, checkedRange, invalidInput } from '../utils/input-checks.ts';
import type { TimeWish } from './choose-time.ts';
import { dueTime } from './task-dates.ts';
import type { BlockableTask, BlockLook, BlockTimeOptions, Buffers, CountedEvents } from './time-block.ts';

export const COUNTED_EVENTS: OptionTypes<CountedEvents> = {
  tentative: 'boolean',
  unanswered: 'boolean',
  declined: 'boolean',
  outOfOffice: 'boolean',
  focusTime: 'boolean',
  workingLocation: 'boolean',
  allDay: 'boolean',
};

export const BLOCK_OPTIONS: OwnOptions<BlockTimeOptions> = {
  durationMinutes: 'number',
  within: 'checked',
  workingHours: 'checked',
  timeZone: 'string',
  bufferMinutes: 'number|object',
  granularityMinutes: 'number',
  minimumNoticeMinutes: 'number',
  due: 'string',
  splittable: 'boolean',
  minPieceMinutes: 'number',
  weight: 'number',
  protected: 'boolean',
  onTaskChange: 'string',
  link: 'boolean',
  calendarId: 'string',
  otherCalendarIds: 'list',
  sharedCalendars: 'boolean',
  hiddenCalendars: 'boolean',
  counts: COUNTED_EVENTS,
  title: 'string',
  reminders: 'list',
  colorId: 'string',
  visibility: 'string',
  transparency: 'string',
  focusTime: 'boolean|object',
};

const DAYTIME: readonly (readonly [string, string])[] = [['08:00', '20:00']];

/** When nobody has said when the user works: not at night. */
export const DEFAULT_HOURS: WorkingHours = {
  mon: DAYTIME,
  tue: DAYTIME,
  wed: DAYTIME,
  thu: DAYTIME,
  fri: DAYTIME,
  sat: DAYTIME,
  sun: DAYTIME,
};

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  due: ['prefer', 'require', 'ignore'],
  onTaskChange: ['follow', 'ask', 'leave'],
  transparency: ['opaque', 'transparent'],
  visibility: ['default', 'public', 'private', 'confidential'],
};

const MAX_REMINDERS = 5;
/** Four weeks. */
const MAX_REMINDER_MINUTES = 40_320;

/** A call's options, checked. */
export interface CheckedBlockOptions {
  range: CheckedRange;
  buffers: Required<{ [Side in keyof Buffers]: number }>;
}

/** Throws {@link InvalidRequestError} for options that no slot could fit, before any request is made. */
export function checkedBlockOptions(options: BlockTimeOptions): CheckedBlockOptions {
  const range = checkedRange(options?.within, 'within.');
  const { durationMinutes, workingHours, granularityMinutes, timeZone = 'UTC' } = options;
  freeSlots({ ...range, timeZone, durationMinutes, workingHours, granularityMinutes, busy: [], limit: 1 });
  checkWhole(options, 'minimumNoticeMinutes', 0);
  checkWhole(options, 'minPieceMinutes', 1);
  const { weight = 1 } = options;
  if (!(weight > 0 && Number.isFinite(weight))) throw invalidInput('weight', 'must be a number above 0');
  checkLook(options);
  return { range, buffers: checkedBuffers(options.bufferMinutes) };
}

export function checkedBuffers(value: number | Buffers | undefined): CheckedBlockOptions['buffers'] {
  if (typeof value === 'number') return { before: buffer(value), after: buffer(value) };
  if (value === undefined || value === null) return { before: 0, after: 0 };
  if (typeof value !== 'object') throw invalidInput('bufferMinutes', 'must be a number, or before and after');
  const { before = 0, after = 0, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw invalidInput(`bufferMinutes.${other}`, 'is not an option: there are before, after');
  return { before: buffer(before, '.before'), after: buffer(after, '.after') };
}

function buffer(value: unknown, side = ''): number {
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10_080) return Number(value);
  throw invalidInput(`bufferMinutes${side}`, 'must be a whole number from 0 to 10080');
}

function checkWhole(options: object, name: string, min: number): void {
  const value = (options as Record<string, unknown>)[name];
  if (value === undefined || value === null) return;
  if (!Number.isInteger(value) || Number(value) < min || Number(value) > 100_000) {
    throw invalidInput(name, `must be a whole number from ${min} to 100000`);
  }
}

/** Throws {@link InvalidRequestError} for what no block can look like, and for a choice that there is not. */
export function checkLook({ reminders, ...options }: BlockLook): void {
  for (const [name, choices] of Object.entries(CHOICES)) checkChoice(options, name, choices);
  if (reminders === undefined) return;
  if (!Array.isArray(reminders)) throw invalidInput('reminders', 'is not a list');
  if (reminders.length > MAX_REMINDERS) throw invalidInput('reminders', `has more than ${MAX_REMINDERS}`);
  for (const [index, reminder] of reminders.entries()) {
    const { method, minutes } = isObject(reminder) ? reminder : {};
    if (method !== 'email' && method !== 'popup')
      throw invalidInput(`reminders[${index}].method`, 'must be email or popup');
    const isTime =
      Number.isInteger(minutes) && Number(minutes) >= 0 && Number(minutes) <= MAX_REMINDER_MINUTES;
    if (!isTime)
      throw invalidInput(
        `reminders[${index}].minutes`,
        `must be a whole number from 0 to ${MAX_REMINDER_MINUTES}`,
      );
  }
}

function checkChoice(options: object, name: string, choices: readonly string[]): void {
  const value = (options as Record<string, unknown>)[name];
  if (value === undefined || value === null || choices.some((choice) => choice === value)) return;
  throw invalidInput(name, `must be one of ${choices.join(', ')}`);
}

/** What is looked for, from now on. */
export function timeWish(
  task: BlockableTask,
  options: BlockTimeOptions,
  { range, buffers }: CheckedBlockOptions,
  timeZone: string,
  now: number,
): TimeWish {
  const { durationMinutes, minimumNoticeMinutes = 0, workingHours = DEFAULT_HOURS } = options;
  const { granularityMinutes = 15, splittable = true, minPieceMinutes = 30, due } = options;
  const earliest = now + minimumNoticeMinutes * MINUTE_MS;
  return {
    minutes: durationMinutes,
    from: Math.max(range.from.getTime(), Math.ceil(earliest / MINUTE_MS) * MINUTE_MS),
    to: range.to.getTime(),
    due: (due === 'ignore' ? undefined : dueTime(task, timeZone)) ?? Number.POSITIVE_INFINITY,
    timeZone,
    workingHours,
    granularityMinutes,
    splittable,
    minPieceMinutes,
    ...buffers,
  };
}

export function blockWeight(task: BlockableTask, { weight }: Pick<BlockTimeOptions, 'weight'>): number {
  return weight ?? weightOfPriority(task.priority);
}
