let nodeCrypto: Pick<typeof import('node:crypto'), 'hash'> | undefined;

/**
 * SHA-256 of a text, in base64url without padding (43 characters). By `node:crypto` where it is there: WebCrypto hands each text
 * to another thread, which takes ten times as long.
 */
export async function sha256(text: string): Promise<string> {
  nodeCrypto ??= typeof process === 'object' ? process.getBuiltinModule?.('node:crypto') : undefined;
  if (nodeCrypto?.hash !== undefined) return nodeCrypto.hash('sha256', text, 'base64url');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
