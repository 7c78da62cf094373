import type { JsonObject } from '../../../json.ts';

/** What is left of a list after some of its pages. */
export interface ListSnapshot {
  readonly items: readonly JsonObject[];
  /** The parameters that all pages share. */
  readonly parameters: string;
  /** For the last page. */
  readonly nextSyncToken: string | undefined;
}
