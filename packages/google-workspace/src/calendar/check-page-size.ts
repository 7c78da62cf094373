import { invalid } from './invalid.ts';

/** Throws for a number of entries per request that Google does not take. */
export function checkPageSize(maxResults: number | undefined, most: number): void {
  if (maxResults === undefined) return;
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > most) {
    throw invalid('maxResults', `is not a whole number from 1 to ${most}`);
  }
}
