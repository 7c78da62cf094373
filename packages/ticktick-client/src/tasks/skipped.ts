import type { CallOptions, ContextSdkError, Listing } from '@context-sdk/oauth-core';
import type { OwnOptions } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from '../operations.ts';
import type { Task } from './task.ts';

/**
 * What a list of tasks left out.
 * - `gone`: the project was deleted, left or closed;
 * - `forbidden`: the user may no longer read the project;
 * - `unknown`: the response for the project made no sense, which says nothing about it;
 * - `unreadable`: a row without an id or a project.
 */
export type Skipped =
  | { reason: 'gone' | 'forbidden' | 'unknown'; projectId: string; error?: ContextSdkError }
  | { reason: 'unreadable'; row: unknown };

/** A listing of tasks that goes on where a project is out of reach. */
export interface TaskListing extends Listing<Task> {
  /** What the last iteration has left out so far. */
  readonly skipped: readonly Skipped[];
}

/** What listings of tasks take besides the options of every call. */
export interface TaskListOptions extends CallOptions {
  /** Called for everything that is left out. */
  onSkipped?: ((skipped: Skipped) => void) | undefined;
}

export const LIST_OPTIONS: OwnOptions<TaskListOptions> = { onSkipped: 'function' };

/** What the listing of all open tasks takes. */
export interface OpenTaskOptions extends TaskListOptions {
  /** Whether tasks of archived projects are listed, too. Default: false. */
  includeClosed?: boolean | undefined;
}

/** What {@link Tasks.listAll} lists. */
export interface AllTasksOptions extends TaskListOptions {
  /** Also the tasks that were completed. Default: false. */
  completed?: boolean | undefined;
}

const listeners = new WeakMap<TickTickCall, (skipped: Skipped) => void>();

/** Passes what the call leaves out to the listener. */
export function onSkip(call: TickTickCall, listener: (skipped: Skipped) => void): void {
  listeners.set(call, listener);
}

export function skip(call: TickTickCall, skipped: Skipped): void {
  listeners.get(call)?.(skipped);
}
