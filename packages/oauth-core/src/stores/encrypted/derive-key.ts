/** WebCrypto's handle of a key. */
export type AesKey = Awaited<ReturnType<typeof crypto.subtle.deriveKey>>;

export const KEY_BYTES: number = 32;

/** From one key of the host's, this use gets a key of its own. */
const PURPOSE = 'context-sdk/record-store/v1';

/** HKDF-SHA256 (RFC 5869), for AES-256-GCM. */
export async function deriveKey(material: Uint8Array<ArrayBuffer>): Promise<AesKey> {
  const root = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(PURPOSE);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  const aes = { name: 'AES-GCM', length: 256 };
  return await crypto.subtle.deriveKey(parameters, root, aes, false, ['encrypt', 'decrypt']);
}
