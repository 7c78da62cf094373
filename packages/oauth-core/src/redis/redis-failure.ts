/**
 * What went wrong, in one word: the code of the network (`ECONNREFUSED`), Redis' own (`READONLY`, `OOM`), or the
 * library's name for it. The rest of the message may quote keys and values.
 */
export function redisFailureCode(failure: unknown): string {
  if (!(failure instanceof Error)) return 'unknown';
  if ('code' in failure && typeof failure.code === 'string' && failure.code !== '') return failure.code;
  const [own] = /^[A-Z][A-Z]+\b/.exec(failure.message) ?? [];
  return own ?? failure.constructor.name;
}
