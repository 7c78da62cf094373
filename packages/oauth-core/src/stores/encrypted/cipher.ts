import { StoreError } from '../../errors/index.ts';
import type { AesKey } from './derive-key.ts';
import {
  boundTo,
  decodeEnvelope,
  encodeEnvelope,
  type Envelope,
  type EnvelopeHeader,
  newIv,
} from './envelope.ts';
import type { KeyRing } from './key-ring.ts';

/** AES-256-GCM by WebCrypto, over values that are bound to their record's key. */
export class Cipher {
  readonly #keys: KeyRing;

  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  async encrypt(recordKey: string, value: string, ttlMs: number | undefined): Promise<string> {
    const { key, wrapped } = await this.#keys.forWriting();
    const header = { keyId: this.#keys.current, ttlMs, wrapped };
    const iv = newIv();
    const plaintext = new TextEncoder().encode(value);
    const ciphertext = await crypto.subtle.encrypt(parameters(iv, header, recordKey), key, plaintext);
    return encodeEnvelope({ ...header, iv, ciphertext: new Uint8Array(ciphertext) });
  }

  /** The value; {@link StoreError} `key-missing`, or `corrupt` where the text is not what was encrypted for this record. */
  async decrypt(recordKey: string, text: string): Promise<string> {
    const envelope = openedEnvelope(recordKey, text);
    const key = await this.#keyOf(recordKey, envelope);
    const algorithm = parameters(envelope.iv, envelope, recordKey);
    try {
      const plaintext = await crypto.subtle.decrypt(algorithm, key, envelope.ciphertext);
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(plaintext);
    } catch {
      throw new StoreError(
        'corrupt',
        `The record ${JSON.stringify(recordKey)} does not decrypt: it was changed, moved from another record, or ` +
          `encrypted with another key of the id ${JSON.stringify(envelope.keyId)}.`,
      );
    }
  }

  async #keyOf(recordKey: string, header: EnvelopeHeader): Promise<AesKey> {
    const { keyId } = header;
    const key = await this.#keys.find(header);
    if (key !== undefined) return key;
    throw new StoreError(
      'key-missing',
      `The record ${JSON.stringify(recordKey)} is encrypted with the key ${JSON.stringify(keyId)}, which is not in keys.`,
    );
  }
}

/** The envelope of a record. Throws {@link StoreError} `corrupt` for anything else: plain text never counts as a value. */
export function openedEnvelope(recordKey: string, text: string): Envelope {
  const envelope = decodeEnvelope(text);
  if (envelope !== undefined) return envelope;
  throw new StoreError('corrupt', `The record ${JSON.stringify(recordKey)} is not encrypted by this SDK.`);
}

function parameters(iv: Uint8Array<ArrayBuffer>, header: EnvelopeHeader, recordKey: string) {
  return { name: 'AES-GCM', iv, additionalData: boundTo(header, recordKey) };
}
