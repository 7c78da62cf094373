import type { CheckedPlanOptions } from './plan-options.ts';
import type { PlanRequest, PlanTask } from './plan.ts';

/** Members of a task that a plan needs. */
const TASK_MEMBERS = [
  'id',
  'projectId',
  'title',
  'startDate',
  'dueDate',
  'isAllDay',
  'isFloating',
  'timeZone',
  'priority',
  'repeatFlag',
  'repeatFrom',
  'status',
  'durationMinutes',
  'weight',
  'earliest',
  'due',
  'minPieceMinutes',
  'maxPieceMinutes',
  'hours',
  'splittable',
  'protected',
] as const;

/** A plan's options as JSON, with their defaults where these depend on the moment. */
export function planRequest({ options, range }: CheckedPlanOptions): PlanRequest {
  const { signal: _, timeoutMs: __, maxWaitMs: ___, ...request } = options;
  const within = { from: range.from.toISOString(), to: range.to.toISOString() };
  const tasks = options.tasks.map(neededMembers);
  return JSON.parse(JSON.stringify({ ...request, within, tasks })) as PlanRequest;
}

function neededMembers(task: PlanTask): PlanTask {
  const members = TASK_MEMBERS.map((name) => [name, (task as unknown as Record<string, unknown>)[name]]);
  return Object.fromEntries(members);
}
