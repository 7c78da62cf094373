import { checkOptions, MINUTE_MS, type OwnOptions } from '@context-sdk/oauth-core/client-kit';
import { planWithin } from '../planning/plan-tasks.ts';
import {
  type CheckedBlockOptions,
  checkedBuffers,
  checkLook,
  COUNTED_EVENTS,
  DEFAULT_HOURS,
} from '../time-blocks/block-options.ts';
import { checkedRange, checkTask, invalidInput, withoutNulls } from '../utils/input-checks.ts';
import { hoursWithoutLunch } from './lunch.ts';
import type { PlanOptions, PlanTask } from './plan.ts';

export const PLAN_OPTIONS: OwnOptions<PlanOptions> = {
  tasks: 'list',
  within: 'checked',
  durationMinutes: 'number',
  workingHours: 'checked',
  lunch: 'list',
  timeZone: 'string',
  bufferMinutes: 'number|object',
  granularityMinutes: 'number',
  minimumNoticeMinutes: 'number',
  maxHoursPerDay: 'number',
  busyBelowSlackMinutes: 'number',
  calendarId: 'string',
  onTaskChange: 'string',
  otherCalendarIds: 'list',
  sharedCalendars: 'boolean',
  hiddenCalendars: 'boolean',
  counts: COUNTED_EVENTS,
  reminders: 'list',
  colorId: 'string',
  visibility: 'string',
  focusTime: 'boolean|object',
};

const ON_TASK_CHANGE = ['follow', 'ask', 'leave'];
const DEFAULT_MINUTES = 60;
const MAX_MINUTES = 10_080;

/** A plan's options, checked. */
export interface CheckedPlanOptions extends CheckedBlockOptions {
  options: PlanOptions;
  workingHours: NonNullable<PlanOptions['workingHours']>;
  durationMinutes: number;
  noticeMs: number;
  maxMinutesPerDay: number | undefined;
}

/** Throws {@link InvalidRequestError} naming the option that can't be right, before any request is made. */
export function checkedPlanOptions(given: PlanOptions): CheckedPlanOptions {
  const options = withoutNulls(given);
  checkOptions(ownOptions(options), PLAN_OPTIONS, invalidInput);
  checkLook(options);
  const { tasks, within, workingHours = DEFAULT_HOURS, lunch, timeZone = 'UTC' } = options;
  if (!Array.isArray(tasks)) throw invalidInput('tasks', 'is not a list');
  const range = checkedRange(within, 'within.');
  const { durationMinutes = DEFAULT_MINUTES, granularityMinutes, minimumNoticeMinutes = 0 } = options;
  const checked = {
    options,
    range,
    buffers: checkedBuffers(options.bufferMinutes),
    workingHours: lunch ? hoursWithoutLunch(workingHours, lunch) : workingHours,
    durationMinutes,
    noticeMs: whole(minimumNoticeMinutes, 'minimumNoticeMinutes', 100_000) * MINUTE_MS,
    maxMinutesPerDay: minutesPerDay(options.maxHoursPerDay),
  };
  whole(durationMinutes, 'durationMinutes', MAX_MINUTES, 1);
  whole(options.busyBelowSlackMinutes ?? 0, 'busyBelowSlackMinutes', 1_000_000);
  if (options.onTaskChange !== undefined && !ON_TASK_CHANGE.includes(options.onTaskChange)) {
    throw invalidInput('onTaskChange', `must be one of ${ON_TASK_CHANGE.join(', ')}`);
  }
  const { maxMinutesPerDay } = checked;
  const limits = { granularityMinutes, maxMinutesPerDay, timeZone };
  const probes = tasks.map((task: PlanTask, index) => {
    checkPlanTask(task, `tasks[${index}]`);
    return { ...task, durationMinutes: task.durationMinutes ?? durationMinutes };
  });
  planWithin({ ...range, ...limits, workingHours: checked.workingHours, busy: [], tasks: probes }, 0);
  return checked;
}

function checkPlanTask(task: PlanTask, field: string): void {
  checkTask(task, field);
  for (const name of ['title', 'projectId'] as const) {
    if (typeof task[name] !== 'string') throw invalidInput(`${field}.${name}`, 'must be a string');
  }
  if (task.protected !== undefined && typeof task.protected !== 'boolean') {
    throw invalidInput(`${field}.protected`, 'is neither true nor false');
  }
}

function minutesPerDay(hours: number | undefined): number | undefined {
  if (hours === undefined || hours === null) return undefined;
  const minutes = Math.round(hours * 60);
  if (minutes >= 1 && minutes <= 1_440) return minutes;
  throw invalidInput('maxHoursPerDay', 'must be a number above 0, at most 24');
}

function whole(value: unknown, field: string, max: number, min: number = 0): number {
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return Number(value);
  throw invalidInput(field, `must be a whole number from ${min} to ${max}`);
}

/** Those of a plan: a stored request may have others, of another version. */
function ownOptions(options: PlanOptions): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(PLAN_OPTIONS, name)));
}
