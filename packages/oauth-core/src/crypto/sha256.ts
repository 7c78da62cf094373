let nodeHash: ((algorithm: string, text: string, encoding: 'base64url') => string) | undefined;

/**
 * SHA-256 of a text, in base64url without padding (43 characters). By `node:crypto` where it is there: WebCrypto hands each text
 * to another thread, which takes ten times as long.
 */
export async function sha256(text: string): Promise<string> {
  nodeHash ??= typeof process === 'object' ? process.getBuiltinModule?.('node:crypto')?.hash : undefined;
  if (nodeHash !== undefined) return nodeHash('sha256', text, 'base64url');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
