/** What a server asks for that wants its nonce in the proof (RFC 9449 §8). */
export function asksForNonce(fields: Record<string, unknown>, response: Response): boolean {
  return fields['error'] === 'use_dpop_nonce' && response.headers.has('dpop-nonce');
}

/** The nonce for the next proof, if the server gave one. */
export function nonceOf(response: Response): Record<string, string> {
  const nonce = response.headers.get('dpop-nonce');
  return nonce === null ? {} : { 'dpop-nonce': nonce };
}
