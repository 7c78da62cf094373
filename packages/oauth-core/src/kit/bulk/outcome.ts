import type { ContextSdkError } from '../../errors/index.ts';

/**
 * What became of one item of a bulk call: done, certainly not done, or not known, because the response was lost and
 * reading back did not settle it.
 */
export type BulkOutcome<T> =
  | ({ status: 'ok' } & T)
  | { status: 'failed'; error: ContextSdkError }
  | { status: 'unknown'; error: ContextSdkError };

/** How far a bulk call is. */
export interface BulkProgress {
  /** Items with an outcome. */
  done: number;
  total: number;
  /** Items with another outcome than `ok`. */
  failed: number;
}

/** What bulk calls take besides the options of every call. */
export interface BulkOptions {
  /** Called after each request; what it throws is ignored. */
  onProgress?: ((progress: BulkProgress) => void) | undefined;
}
