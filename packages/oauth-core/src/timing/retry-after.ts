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
    if (date) return notNegative(date - (serviceTime(headers) ?? Date.now()));
  }
  if (headers.get('ratelimit-remaining') !== '0') return undefined;
  const reset = Number(headers.get('ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(reset) ? notNegative(reset * 1000) : undefined;
}

/**
 * When a response arrived, in epoch milliseconds, by the clock of the service that sent it (RFC 9110 §6.6.1): its `Date`, plus its
 * `Age` if it comes from a cache. `undefined` without a `Date`.
 */
export function serviceTime(headers: Headers): number | undefined {
  const at = Date.parse(headers.get('date') ?? '');
  if (!(at > 0)) return undefined;
  const age = headers.get('age') ?? '';
  return /^\d{1,10}$/.test(age) ? at + Number(age) * 1000 : at;
}

function notNegative(ms: number): number {
  return Math.max(ms, 0);
}
