import { fromBase64 } from '../../crypto/base64.ts';
import { ConfigurationError } from '../../errors/index.ts';
import { checkObject, checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { DataKeys, type KeyService, type WritingKey } from './data-keys.ts';
import { type AesKey, deriveKey, KEY_BYTES } from './derive-key.ts';
import type { EnvelopeHeader } from './envelope.ts';

/** The keys of an encrypted store: the host's own, a key service's, or both. */
export interface EncryptionKeys extends KeyService {
  /** The id of the key that writes use: one of `keys`, or with `wrap` a name for the key service's key. */
  current: string;
  /**
   * Every key of the host's own that a record may be encrypted with, by its id (letters, digits, `_`, `-`; at most 64): 32
   * random bytes, as they are or in base64 (`openssl rand -base64 32`). An id stands readable in every record and never gets
   * another key.
   */
  keys?: Readonly<Record<string, string | Uint8Array>> | undefined;
}

const OPTIONS: OptionTypes<EncryptionKeys> = {
  current: 'string',
  keys: 'object',
  wrap: 'function',
  unwrap: 'function',
  dataKeyMs: 'number',
  cacheMs: 'number',
  maxCachedKeys: 'number',
};

const KEY_ID = /^[\w-]{1,64}$/;

/** The keys, each derived once on first use. */
export class KeyRing {
  readonly current: string;
  readonly #wraps: boolean;
  readonly #dataKeys: DataKeys;
  readonly #material = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #derived = new Map<string, Promise<AesKey>>();

  constructor(options: EncryptionKeys) {
    checkObject(options, 'options');
    checkOptions(options, OPTIONS);
    const { current, keys, wrap, unwrap } = options;
    if (keys !== undefined || (wrap ?? unwrap) === undefined) checkObject(keys, 'keys');
    for (const [id, key] of Object.entries(keys ?? {})) this.#material.set(id, checkedKey(id, key));
    const isOwn = this.#material.has(current);
    if (wrap === undefined && !isOwn)
      throw new ConfigurationError('current is not the id of one of the keys.');
    if (wrap !== undefined && unwrap === undefined)
      throw new ConfigurationError('unwrap is missing: what wrap gave could not be read.');
    if (wrap !== undefined && (isOwn || typeof current !== 'string' || !KEY_ID.test(current)))
      throw new ConfigurationError(
        'With wrap, current is a name of the key service\'s key that keys does not have: letters, digits, "_" and "-".',
      );
    this.current = current;
    this.#wraps = wrap !== undefined;
    this.#dataKeys = new DataKeys(options);
  }

  /** The key that writes use. */
  async forWriting(): Promise<WritingKey> {
    if (this.#wraps) return await this.#dataKeys.forWriting();
    const key = await this.#own(this.current);
    if (key === undefined) throw new ConfigurationError('current is not the id of one of the keys.');
    return { key };
  }

  /** The AES key of a record; undefined if its id is none of `keys`. Throws {@link StoreError} for one that can't be unwrapped. */
  async find({ keyId, wrapped }: EnvelopeHeader): Promise<AesKey | undefined> {
    if (wrapped !== undefined) return await this.#dataKeys.unwrapped(wrapped, keyId);
    return await this.#own(keyId);
  }

  async #own(id: string): Promise<AesKey | undefined> {
    const material = this.#material.get(id);
    if (material === undefined) return undefined;
    const known = this.#derived.get(id);
    if (known !== undefined) return known;
    const derived = deriveKey(material);
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
