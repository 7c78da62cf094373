/**
 * Milliseconds that an answer asks to wait, however many: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), else
 * `RateLimit-Reset` in seconds where `RateLimit-Remaining` is 0.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const retryAfter = headers.get('retry-after');
  if (retryAfter) {
    if (/^-?\d+(\.\d+)?$/.test(retryAfter)) return notNegative(Number(retryAfter) * 1000);
    const date = Date.parse(retryAfter);
    // Both are of the service's clock.
    if (date) return notNegative(date - (Date.parse(headers.get('date') ?? '') || Date.now()));
  }
  if (headers.get('ratelimit-remaining') !== '0') return undefined;
  const reset = Number(headers.get('ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(reset) ? notNegative(reset * 1000) : undefined;
}

function notNegative(ms: number): number {
  return Math.max(ms, 0);
}
