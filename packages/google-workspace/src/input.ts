import type { Invalid } from '@context-sdk/oauth-core/client-kit';

/** Google's own ids have at most 1,024 characters. */
const MAX_ID_LENGTH = 1024;

/** An id that may be part of a path. Google's library encodes it, but `.` and `..` would lead out of the path. */
export function checkedId(id: unknown, field: string, invalid: Invalid): string {
  if (typeof id !== 'string' || id === '') throw invalid(field, 'is missing or not a string');
  if (!isInPath(id)) throw invalid(field, "can't be an id of Google");
  if (id.length > MAX_ID_LENGTH) throw invalid(field, `is longer than ${MAX_ID_LENGTH} characters`);
  return id;
}

function isInPath(id: string): boolean {
  return id !== '.' && id !== '..' && id.isWellFormed() && !/\p{Cc}/u.test(id);
}

/** Whether {@link checkedId} takes this. */
export function isId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH && isInPath(id);
}

/** A number of items per request that Google accepts. */
export function checkedPageSize(
  maxResults: number | undefined,
  max: number,
  invalid: Invalid,
): number | undefined {
  if (maxResults === undefined) return undefined;
  if (Number.isInteger(maxResults) && maxResults >= 1 && maxResults <= max) return maxResults;
  throw invalid('maxResults', `must be a whole number from 1 to ${max}`);
}
