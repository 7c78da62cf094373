import type { CallOptions } from '@context-sdk/oauth-core';
import type { Task } from './task.ts';
import type { WireTask } from './task-input.ts';

/** New tasks or changes, at most {@link TaskRoutes.batchSize} of them. */
export interface Batch {
  /** The client's method. */
  name: string;
  /** `idempotent` where sending the batch twice does no more than sending it once. */
  safety: 'unsafe' | 'idempotent';
  json: { add?: readonly WireTask[]; update?: readonly WireTask[] };
}

/** The answer to a batch: an etag per task that was taken, a code per task that was not. */
export interface BatchReceipt {
  id2etag: Record<string, string>;
  id2error: Record<string, string>;
}

/** Where the two dialects differ: how tasks are listed, found and written. */
export interface TaskRoutes {
  /** Tasks that one batch may hold. */
  readonly batchSize: number;
  /** Every open task, once. */
  open(options?: CallOptions): AsyncIterable<Task>;
  get(id: string, projectId: string, options?: CallOptions): Promise<Task>;
  /** Finds a task whose project is not known, other than in the project that was `tried` already. */
  locate(id: string, tried: string | undefined, options?: CallOptions): Promise<Task>;
  create(task: WireTask, options?: CallOptions): Promise<Task>;
  /** `changes` hold the id and, where it is known, the project. */
  update(id: string, changes: WireTask, options?: CallOptions): Promise<Task>;
  batch(batch: Batch, options?: CallOptions): Promise<BatchReceipt>;
  /** The open tasks of the given projects, to see what became of a batch. */
  openIn(projectIds: readonly string[], options?: CallOptions): Promise<Task[]>;
}
