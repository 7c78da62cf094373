import { fromBase64 } from '../crypto/base64.ts';
import { type CryptoKeyHandle, isCryptoKey } from '../crypto/keys.ts';
import { ConfigurationError } from '../errors/index.ts';

/** As in the JWT's header (RFC 7518 §3.1). */
export type SigningAlgorithm = 'RS256' | 'PS256' | 'ES256';

const IMPORTS = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
} as const;

/** The key for signing, of PEM text (PKCS #8) or as it is. Throws {@link ConfigurationError} that shows nothing of it. */
export async function signingKey(
  key: string | CryptoKeyHandle,
  algorithm: SigningAlgorithm,
): Promise<CryptoKeyHandle> {
  if (typeof key !== 'string') return key;
  const bytes = pemBytes(key, 'PRIVATE KEY') ?? new Uint8Array();
  const imported = (): Promise<CryptoKeyHandle> =>
    crypto.subtle.importKey('pkcs8', bytes, IMPORTS[algorithm], false, ['sign']);
  try {
    // Node 24 refuses a good key, once, where OpenSSL has kept an error of something else in this thread.
    return await imported().catch(imported);
  } catch {
    const hint = 'openssl pkcs8 -topk8 -nocrypt makes one of other PEM files';
    throw new ConfigurationError(
      `key is no private key for ${algorithm} in PKCS #8 PEM ("PRIVATE KEY"): ${hint}.`,
    );
  }
}

/** Throws {@link ConfigurationError} for anything else than a key and an algorithm. */
export function checkSigner(key: unknown, algorithm: unknown): void {
  const isKey = (typeof key === 'string' && key.includes('PRIVATE KEY')) || isCryptoKey(key);
  if (!isKey) throw new ConfigurationError('key is no CryptoKey, and no text in PEM.');
  if (typeof algorithm !== 'string' || !Object.hasOwn(IMPORTS, algorithm)) {
    throw new ConfigurationError(`algorithm must be one of ${Object.keys(IMPORTS).join(', ')}.`);
  }
}

/** The bytes of the first block with this label in a PEM text. */
export function pemBytes(text: string, label: string): Uint8Array<ArrayBuffer> | undefined {
  const block = new RegExp(`-----BEGIN ${label}-----([^-]+)-----END ${label}-----`).exec(text);
  // Environment variables often have "\\n" for line breaks.
  return block?.[1] === undefined ? undefined : fromBase64(block[1].replaceAll('\\n', '').replace(/\s/g, ''));
}
