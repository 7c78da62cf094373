/** Longest pause that a service can ask for, in milliseconds: an hour. */
const LONGEST_MS = 3_600_000;

function capped(ms: number): number {
  return Math.min(Math.max(ms, 0), LONGEST_MS);
}

/**
 * Milliseconds that an answer asks to wait: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), else
 * `RateLimit-Reset` in seconds where `RateLimit-Remaining` is 0.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const retryAfter = headers.get('retry-after');
  if (retryAfter) {
    if (/^-?\d+(\.\d+)?$/.test(retryAfter)) return capped(Number(retryAfter) * 1000);
    const date = Date.parse(retryAfter);
    if (!Number.isNaN(date)) return capped(date - Date.now());
  }
  if (headers.get('ratelimit-remaining') !== '0') return undefined;
  const reset = Number(headers.get('ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(reset) ? capped(reset * 1000) : undefined;
}
