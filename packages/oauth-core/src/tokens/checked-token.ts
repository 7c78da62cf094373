/** Whether a token can stand in a header: visible ASCII (RFC 6750 §2.1 allows less). */
export function isToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
}
