import type { Random } from '../random.ts';
import type { Clock } from '../time/clock.ts';
import type { TickTickAccount } from './account.ts';
import type { Habit, HabitSection, HabitYear } from './habits/habit.ts';
import { newEtag, newObjectId } from './ids.ts';
import type {
  AbsentFields,
  Column,
  Comment,
  Countdown,
  Focus,
  Member,
  NewParents,
  Project,
  ProjectGroup,
  ProjectLoss,
  Tag,
} from './records.ts';
import type { Task } from './task.ts';

/** The events that the integration guide's webhooks know. */
export type TaskEvent = 'task.created' | 'task.updated' | 'task.deleted';

/** Everything that one account owns. */
export class AccountData {
  readonly account: TickTickAccount;
  readonly inboxId: string;
  readonly tasks: Map<string, Task> = new Map();
  readonly projects: Map<string, Project> = new Map();
  readonly deletedProjects: Set<string> = new Set();
  /** Projects that were left or are no longer shared, and how requests for them fail. */
  readonly lostProjects: Map<string, ProjectLoss> = new Map();
  /** Ids of subtasks, by their parent's id. */
  readonly children: Map<string, Set<string>> = new Map();
  /** By project: the order that its newest task got. */
  readonly lowestSortOrder: Map<string, number> = new Map();
  /** Other people in a shared project. */
  readonly teammates: Map<string, Member[]> = new Map();
  readonly groups: Map<string, ProjectGroup> = new Map();
  readonly columns: Map<string, Column> = new Map();
  readonly tags: Map<string, Tag> = new Map();
  readonly comments: Map<string, Comment[]> = new Map();
  readonly focuses: Map<string, Focus> = new Map();
  readonly countdowns: Map<string, Countdown> = new Map();
  readonly habits: Map<string, Habit> = new Map();
  readonly habitSections: Map<string, HabitSection> = new Map();
  readonly habitYears: Map<string, HabitYear> = new Map();
  /** How tasks' fields without a value are answered. */
  absentFields: AbsentFields = 'omitted';
  /** Whether the parent of a new task is set. */
  newParents: NewParents = 'keep';
  /** Called after every change to a task. */
  onTaskEvent: (event: TaskEvent, task: Task) => void = () => undefined;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(account: TickTickAccount, clock: Clock, random: Random) {
    this.account = account;
    this.inboxId = `inbox${account.id}`;
    this.#clock = clock;
    this.#random = random;
  }

  now(): number {
    return this.#clock.now();
  }

  newId(): string {
    return newObjectId(this.now(), this.#random);
  }

  newEtag(): string {
    return newEtag(this.#random);
  }

  /** Whether tasks can be in it: a project that exists, or the inbox by its real id. */
  hasProject(projectId: string): boolean {
    return projectId === this.inboxId || this.projects.has(projectId);
  }

  /** The real id behind `inbox`, the alias that some operations understand. */
  resolveInbox(projectId: string): string {
    return projectId === 'inbox' ? this.inboxId : projectId;
  }

  /** Tasks that lists may show: all that are not deleted. */
  *listedTasks(): Generator<Task> {
    for (const task of this.tasks.values()) if (!task.deleted) yield task;
  }
}
