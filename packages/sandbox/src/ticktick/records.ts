/** A project ("list" in the app). The inbox is not one. */
export interface Project {
  readonly id: string;
  name: string;
  color: string | undefined;
  sortOrder: number;
  closed: boolean | undefined;
  groupId: string | undefined;
  viewMode: string;
  permission: string | undefined;
  kind: string;
}

/** A project as the API answers it. What is not set is absent. */
export interface SandboxProject {
  readonly id: string;
  name: string;
  color?: string;
  sortOrder: number;
  closed?: boolean;
  groupId?: string;
  viewMode: string;
  permission?: string;
  kind: string;
}

/** A kanban column. */
export interface Column {
  readonly id: string;
  readonly projectId: string;
  name: string;
  sortOrder: number;
}

/** A folder of projects. */
export interface ProjectGroup {
  readonly id: string;
  name: string;
  sortOrder: number;
  showAll: boolean;
}

/** Someone who works in a project. */
export interface Member {
  readonly username: string;
  readonly displayName: string;
  readonly self: boolean;
}

/** A tag of the account's own list, which need not hold the tags that tasks carry. */
export interface Tag {
  /** The label in lower case. */
  readonly name: string;
  readonly label: string;
  readonly sortOrder: number;
  readonly color: string | undefined;
  /** 1 personal, 2 team. */
  readonly type: number;
}

/** A comment on a task. */
export interface Comment {
  readonly id: string;
  readonly userId: number;
  readonly title: string;
  /** Milliseconds since the epoch: recorded so, although the documentation shows strings. */
  readonly createdTime: number;
  readonly modifiedTime: number;
}

/** A countdown, as the service answers it; the API cannot change one. */
export interface Countdown {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  /** YYYYMMDD. */
  readonly date: number;
  readonly color: string;
  readonly reminders: readonly string[];
  readonly sortOrder: number;
}

/** One stretch of focused work; dates are milliseconds since the epoch. */
export interface Focus {
  readonly id: string;
  readonly userId: number;
  /** 0 pomodoro, 1 timing. */
  readonly type: number;
  readonly taskId: string | undefined;
  readonly note: string | undefined;
  readonly status: number;
  readonly startTime: number;
  readonly endTime: number;
  /** Seconds. */
  readonly pauseDuration: number;
  /** Seconds. */
  readonly duration: number;
  readonly relationType: number[] | undefined;
  readonly createdTime: number;
  readonly etag: string;
}

/** How requests for a project fail that was left, closed by its owner, or is no longer shared; all four were seen. */
export type ProjectLoss = 'forbidden' | 'not-found' | 'error' | 'empty';

/**
 * How a task's fields without a value are answered: left out, as they were recorded, or in another way on each route (`null`
 * in lists, `""` and null in a project's data), as several clients met them.
 */
export type AbsentFields = 'omitted' | 'mixed';

/** Whether a new task gets the parent that it names: TickAL sends one, and users of ticktick-sdk report that it is ignored. */
export type NewParents = 'keep' | 'ignore';
