/** Longest pause that a text can ask for, in milliseconds: an hour. */
const LONGEST_MS = 3_600_000;

/**
 * Milliseconds until the time that Gmail names in words instead of a header:
 * `User-rate limit exceeded.  Retry after 2026-09-11T20:00:00.000Z`.
 */
export function retryAfterText(message: string | undefined): number | undefined {
  const [, time] = /Retry after (\d{4}-\d{2}-\d{2}T[\d:.]+Z)/i.exec(message ?? '') ?? [];
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at - Date.now(), 0), LONGEST_MS);
}
