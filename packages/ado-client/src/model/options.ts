import type { CallOptions } from '@context-sdk/oauth-core';
import {
  type BulkOptions,
  checkedInstant,
  type Instant,
  type OwnOptions,
} from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { checkList, checkText, optionalProject } from '../input.ts';

/** What a response holds besides the fields. */
export type WorkItemExpand = 'none' | 'relations' | 'fields' | 'links' | 'all';

/** Either some fields, or what else is to be read: Azure DevOps takes no request for both. */
export type FieldSelection =
  | { fields?: readonly string[] | undefined; expand?: never }
  | { expand?: WorkItemExpand | undefined; fields?: never };

/** What reading takes besides the options of every call. */
export type WorkItemReadOptions = CallOptions &
  FieldSelection & {
    /** Answers only for items of this project. */
    project?: string | undefined;
    /** How it was then: a `Date`, or RFC 3339 text with `Z` or an offset. */
    asOf?: Instant | undefined;
  };

/** What writing takes besides the options of every call. */
export interface WorkItemWriteOptions extends CallOptions {
  /** Checks against the rules and changes nothing. */
  validateOnly?: boolean | undefined;
  /** Writes past the process's rules, which needs a permission of its own. */
  bypassRules?: boolean | undefined;
  /** Sends no mail about it. */
  suppressNotifications?: boolean | undefined;
  /** What the response holds. */
  expand?: WorkItemExpand | undefined;
}

/** What an update takes besides. */
export interface WorkItemUpdateOptions extends WorkItemWriteOptions {
  /** Only if the item is still at this revision; else {@link ConflictError}. */
  ifRev?: number | undefined;
}

export const READ_OPTIONS: OwnOptions<WorkItemReadOptions> = {
  fields: 'list',
  expand: 'string',
  project: 'string',
  asOf: 'string|object',
};

export const WRITE_OPTIONS: OwnOptions<WorkItemWriteOptions> = {
  validateOnly: 'boolean',
  bypassRules: 'boolean',
  suppressNotifications: 'boolean',
  expand: 'string',
};

export const UPDATE_OPTIONS: OwnOptions<WorkItemUpdateOptions> = { ...WRITE_OPTIONS, ifRev: 'number' };

export const BULK_WRITE_OPTIONS: OwnOptions<WorkItemWriteOptions & BulkOptions> = {
  ...WRITE_OPTIONS,
  onProgress: 'function',
};

/** A read in the form that goes over the wire. */
export interface WireRead {
  fields: string[] | undefined;
  expand: WorkItemExpand | undefined;
  asOf: string | undefined;
  project: string | undefined;
}

const EXPANDS: ReadonlySet<string> = new Set(['none', 'relations', 'fields', 'links', 'all']);

/** Throws {@link InvalidRequestError} for a value that Azure DevOps does not know. */
export function checkedExpand(expand: WorkItemExpand | undefined): WorkItemExpand | undefined {
  if (expand === undefined || EXPANDS.has(expand)) return expand;
  throw invalid('expand', `must be one of ${[...EXPANDS].join(', ')}`);
}

/** What is to be read. Throws {@link InvalidRequestError} naming the option that can't work. */
export function checkedRead(given?: WorkItemReadOptions): WireRead {
  const { fields, expand, asOf, project } = given ?? {};
  if (fields !== undefined && expand !== undefined) {
    throw invalid('expand', "can't be used together with fields (ConflictingParametersException)");
  }
  if (fields !== undefined) checkList(fields, 'fields');
  for (const [index, field] of (fields ?? []).entries()) checkText(field, `fields[${index}]`);
  return {
    fields: fields && [...fields],
    expand: checkedExpand(expand),
    // In UTC and to the millisecond, whatever offset it was given with.
    asOf: asOf === undefined ? undefined : new Date(checkedInstant(asOf, 'asOf', invalid).at).toISOString(),
    project: optionalProject(project),
  };
}
