import type { GoogleCall } from '../../api/method.ts';
import { queryInteger, queryParam } from '../../api/read-call.ts';
import { invalidArgument } from '../failures.ts';

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 500;

/** A piece of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Empty on the last page, for spreading into the answer. */
  readonly next: { readonly nextPageToken?: string };
}

/** The piece that `maxResults` (at most 500) and `pageToken` ask for. */
export function pageOf<T>(call: GoogleCall, items: readonly T[]): Page<T> {
  const size = queryInteger(call, 'maxResults') ?? DEFAULT_PAGE_SIZE;
  if (size > MAX_PAGE_SIZE) {
    throw invalidArgument(`Invalid value '${size}'. Values must be within the range: [1, ${MAX_PAGE_SIZE}]`);
  }
  const start = readToken(queryParam(call, 'pageToken'));
  const end = start + size;
  return {
    items: items.slice(start, end),
    next: end < items.length ? { nextPageToken: String(end).padStart(20, '0') } : {},
  };
}

function readToken(token: string | undefined): number {
  if (token === undefined) return 0;
  if (!/^\d{20}$/.test(token)) throw invalidArgument('Invalid pageToken');
  return Number(token);
}
