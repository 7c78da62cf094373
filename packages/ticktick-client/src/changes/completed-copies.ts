import { DAY_MS, listing } from '@context-sdk/oauth-core/client-kit';
import { SECOND_MS } from '../dates/date-input.ts';
import { readWireDate } from '../dates/task-dates.ts';
import type { TickTickCall } from '../operations.ts';
import { listCompleted, queryCompleted } from '../tasks/lists/list-completed.ts';
import { isSameProject } from '../tasks/project-tasks.ts';
import type { Task } from '../tasks/task.ts';
import type { ChangedTask, KnownTask } from './snapshot.ts';

/** How long before the last poll a task may have been done, offline and before it was due. */
const OFFLINE_MS = 7 * DAY_MS;

/** How far the clocks of this machine and TickTick's may differ. */
const CLOCK_SKEW_MS = 120_000;

function dateOf({ dueDate, startDate }: Task): number {
  return readWireDate(dueDate ?? startDate) ?? Number.NaN;
}

/** A rule without its COUNT, which TickTick counts down. */
function uncounted(rule: string | undefined): string | undefined {
  return rule?.replace(/;?COUNT=\d+/i, '');
}

/** Whether a copy is of the very occurrence that a task showed. */
function isOccurrenceOf({ projectId, recurs }: KnownTask, copy: Task): boolean {
  return (
    recurs !== undefined &&
    readWireDate(recurs.at) === dateOf(copy) &&
    recurs.title === copy.title &&
    (!copy.repeatFlag || uncounted(recurs.rule) === uncounted(copy.repeatFlag)) &&
    isSameProject(projectId, copy.projectId)
  );
}

/** A recurring task that has another date than before: it may have been completed, and TickTick leaves a copy behind then. */
export class MovedOn {
  readonly #change: ChangedTask;
  readonly #lastPollAt: number;
  /** The date of the occurrence that may have been completed, and the present one's. */
  readonly #was: number;
  readonly #is: number;

  /** `lastPollAt`: epoch milliseconds. */
  constructor(change: ChangedTask, lastPollAt: number) {
    this.#change = change;
    this.#lastPollAt = lastPollAt;
    this.#was = readWireDate(change.before.recurs?.at) ?? Number.NaN;
    this.#is = dateOf(change.task);
  }

  get isMoved(): boolean {
    return !Number.isNaN(this.#was) && this.#was !== this.#is;
  }

  /** The old occurrence, in epoch milliseconds. */
  get was(): number {
    return this.#was;
  }

  get projectIds(): string[] {
    return [...new Set([this.#change.before.projectId, this.#change.task.projectId])];
  }

  /**
   * The copies of this task among completed ones, at most one for each date. A copy keeps project, dates and rule; its title
   * is the old or the new one, or one in between that no other recurring task has. `others` are those that have moved on, too: a task
   * of the morning and one of the evening can be alike in all else.
   */
  copiesAmong(
    completed: readonly Task[],
    titlesOfOthers: ReadonlySet<string>,
    others: readonly KnownTask[],
  ): Task[] {
    const { before, task } = this.#change;
    const isOfOther = (copy: Task): boolean =>
      !isOccurrenceOf(before, copy) && others.some((other) => isOccurrenceOf(other, copy));
    const candidates = completed.filter((copy) => this.#isOccurrence(copy) && !isOfOther(copy));
    const isTitled = ({ title }: Task): boolean => title === before.recurs?.title || title === task.title;
    const isRenamed = ({ repeatFlag, title }: Task): boolean =>
      Boolean(repeatFlag) && !titlesOfOthers.has(title);
    const copies = [...candidates.filter(isTitled), ...candidates.filter(isRenamed)];
    return [...Map.groupBy(copies, dateOf).values()].flatMap(([copy]) => copy ?? []);
  }

  #isOccurrence(copy: Task): boolean {
    const { before, task } = this.#change;
    const date = dateOf(copy);
    const isBetween = date === this.#was || (date > this.#was && !(date >= this.#is));
    // It was moved to an earlier time before it was completed. Copies from before the last poll are of other occurrences.
    const isEarlier = date < this.#was && Boolean(copy.repeatFlag) && this.#isNew(copy);
    const rules = [before.recurs?.rule, task.repeatFlag].map(uncounted);
    const hasRule = !copy.repeatFlag || rules.includes(uncounted(copy.repeatFlag));
    const isThere = this.projectIds.some((id) => isSameProject(id, copy.projectId));
    return copy.id !== task.id && (isBetween || isEarlier) && hasRule && isThere;
  }

  /** Whether it was completed since the last poll. */
  #isNew({ completedTime }: Task): boolean {
    return (readWireDate(completedTime) ?? 0) >= this.#lastPollAt - CLOCK_SKEW_MS;
  }
}

/** Completed tasks, read once for each question. */
export class CompletedTasks {
  readonly #call: TickTickCall;
  readonly #since: number;
  readonly #further = new Map<string, { from: number; tasks: Promise<Task[]> }>();
  #lately: Promise<Task[]> | undefined;

  constructor(call: TickTickCall, since: number) {
    this.#call = call;
    this.#since = Math.floor((since - CLOCK_SKEW_MS) / SECOND_MS) * SECOND_MS;
  }

  /** The last 200 completed tasks since the last poll. */
  lately(): Promise<Task[]> {
    const span = { from: this.#since, to: Date.now() + DAY_MS };
    return (this.#lately ??= queryCompleted(span, undefined, this.#call));
  }

  /**
   * The projects' tasks completed since a day before `date`, and in the week before the last poll: what was done offline arrives
   * with the time when it was done.
   */
  since(date: number, projectIds: readonly string[]): Promise<Task[]> {
    const from = Math.min(this.#since - OFFLINE_MS, date - DAY_MS);
    const key = projectIds.join(' ');
    const known = this.#further.get(key);
    if (known !== undefined && known.from <= from) return known.tasks;
    const span = { from: Math.max(0, from), to: Date.now() + DAY_MS };
    const tasks = listing(() => listCompleted(span, projectIds, this.#call)).toArray();
    this.#further.set(key, { from, tasks });
    return tasks;
  }
}
