import { createDecipheriv, hkdfSync } from 'node:crypto';

/** The keys of encrypted histories; processes differ in which is current. */
export const ENCRYPTION_KEYS: Readonly<Record<'a' | 'b', Uint8Array>> = {
  a: new Uint8Array(32).fill(1),
  b: new Uint8Array(32).fill(2),
};

/** The key that a process writes with. */
export function keyIdOf(process: number): 'a' | 'b' {
  return process % 2 === 0 ? 'a' : 'b';
}

const TAG_BYTES = 16;

const AES_KEYS = { a: aesKey(ENCRYPTION_KEYS.a), b: aesKey(ENCRYPTION_KEYS.b) };

/** What an encrypted record says, and any other text as it is: rules look into what lies in the store. */
export function opened(recordKey: string, text: string): string {
  if (!text.startsWith('cs1.')) return text;
  const [, id = 'a', ttl = '', iv = '', sealed = ''] = text.split('.');
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    AES_KEYS[id === 'a' ? 'a' : 'b'],
    Buffer.from(iv, 'base64'),
  );
  decipher.setAAD(Buffer.from(`cs1.${id}.${ttl}\n${recordKey}`));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString();
}

function aesKey(key: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), 'context-sdk/record-store/v1', 32));
}
