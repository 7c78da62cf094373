import type { Listing } from '@context-sdk/oauth-core';
import type { ListOptions, Skipped } from '../skipped.ts';
import type { Task } from './task.ts';

/** A listing of tasks that goes on where a project is out of reach. */
export interface TaskListing extends Listing<Task> {
  /** What the last iteration has left out so far. */
  readonly skipped: readonly Skipped[];
}

/** What the listing of all open tasks takes. */
export interface OpenTaskOptions extends ListOptions {
  /** Whether tasks of archived projects are listed, too. Default: false. */
  includeClosed?: boolean | undefined;
}

/** What {@link Tasks.listAll} lists. */
export interface AllTasksOptions extends ListOptions {
  /** Also the tasks that were completed. Default: false. */
  completed?: boolean | undefined;
}
