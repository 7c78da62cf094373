import { fromBase64 } from '../../crypto/base64.ts';
import { ConfigurationError } from '../../errors/index.ts';
import { checkObject } from '../../options/option-types.ts';

/** The keys of an encrypted store. */
export interface EncryptionKeys {
  /** The id of the key that writes use. */
  current: string;
  /**
   * Every key that a record may be encrypted with, by its id (letters, digits, `_`, `-`; at most 64): 32 random bytes, as
   * they are or in base64 (`openssl rand -base64 32`). An id stands readable in every record and never gets another key.
   */
  keys: Readonly<Record<string, string | Uint8Array>>;
}

/** WebCrypto's handle of a key. */
export type AesKey = Awaited<ReturnType<typeof crypto.subtle.deriveKey>>;

const KEY_BYTES = 32;
const KEY_ID = /^[\w-]{1,64}$/;
/** From one key of the host's, this use gets a key of its own. */
const PURPOSE = 'context-sdk/record-store/v1';

/** The keys, each derived once on first use. */
export class KeyRing {
  readonly current: string;
  readonly #material = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #derived = new Map<string, Promise<AesKey>>();

  constructor(options: EncryptionKeys) {
    checkObject(options, 'options');
    const { current, keys } = options;
    checkObject(keys, 'keys');
    for (const [id, key] of Object.entries(keys)) this.#material.set(id, checkedKey(id, key));
    if (!this.#material.has(current))
      throw new ConfigurationError('current is not the id of one of the keys.');
    this.current = current;
  }

  /** The AES key with this id; undefined if there is none. */
  async find(id: string): Promise<AesKey | undefined> {
    const material = this.#material.get(id);
    if (material === undefined) return undefined;
    const known = this.#derived.get(id);
    if (known !== undefined) return known;
    const derived = derive(material);
    this.#derived.set(id, derived);
    return derived;
  }
}

function checkedKey(id: string, key: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (!KEY_ID.test(id))
    throw new ConfigurationError('A key of keys has an id that is not 1 to 64 letters, digits, "_" and "-".');
  const bytes =
    typeof key === 'string' ? fromBase64(key) : key instanceof Uint8Array ? Uint8Array.from(key) : undefined;
  if (bytes?.length !== KEY_BYTES)
    throw new ConfigurationError(
      `The key ${JSON.stringify(id)} of keys is not ${KEY_BYTES} bytes, or not base64.`,
    );
  return bytes;
}

/** HKDF-SHA256 (RFC 5869), for AES-256-GCM. */
async function derive(material: Uint8Array<ArrayBuffer>): Promise<AesKey> {
  const root = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(PURPOSE);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  const aes = { name: 'AES-GCM', length: 256 };
  return await crypto.subtle.deriveKey(parameters, root, aes, false, ['encrypt', 'decrypt']);
}
