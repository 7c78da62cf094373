import { checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { checkedSignal } from '../../timing/checked-signal.ts';
import { checkedTtl, checkKey, checkKeys, checkString } from '../check-arguments.ts';
import { readRecords, scanKeys } from '../many-records.ts';
import type { RecordStore, StoredRecord } from '../record-store.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { markSound, soundStore } from '../sound-store.ts';
import { Cipher } from './cipher.ts';
import { type EncryptionKeys, KeyRing } from './key-ring.ts';
import { rekey, type RekeyOptions, type RekeyResult } from './rekey.ts';

export type { KeyService, WrappedKey } from './data-keys.ts';
export type { EncryptionKeys } from './key-ring.ts';
export type { RekeyOptions, RekeyResult } from './rekey.ts';

/** A {@link RecordStore} with values that can't be read without the keys. */
export interface EncryptedStore extends RecordStore {
  /**
   * Re-encrypts every record that does not use the current key, while other processes keep running. Records that use it
   * already are skipped, so an interrupted run is simply started again. A record's TTL begins anew.
   *
   * Rejects with what the store threw. Corrupt records, and those whose key is missing, are listed in the result.
   */
  rekey(options?: RekeyOptions): Promise<RekeyResult>;
}

/**
 * Encrypts the values of any store: AES-256-GCM by WebCrypto, with keys derived by HKDF and bound to the record's key, so
 * that no record passes for another. Record keys, TTLs and the id of the encryption key stay readable. A value that is not
 * encrypted is an error, never a value.
 *
 * To change the key: add the new one to `keys` in every process, make it `current` in every process, run
 * {@link EncryptedStore.rekey}, take the old one out. Do so before 2^32 writes with one key (NIST SP 800-38D).
 *
 * With `wrap` and `unwrap`, the key stays in a KMS or HSM: each process writes with a data key of its own for a day, which the
 * service wraps and every record carries, and keeps those that it reads with in memory for an hour (docs/keys.md). While the
 * service is away, data keys in memory go on; others fail as `unavailable`.
 *
 * Methods reject with {@link StoreError}: `key-missing`, `corrupt` (changed, moved, not encrypted), `unavailable` for the key
 * service, or what the store threw.
 *
 * @throws {ConfigurationError} if a key is not 32 bytes, or `current` is not one of them.
 */
export function encryptedStore(store: RecordStore, options: EncryptionKeys): EncryptedStore {
  return markSound(new Encrypted(soundStore(store), new KeyRing(options)));
}

const REKEY_OPTIONS: OptionTypes<RekeyOptions> = {
  prefix: 'string',
  after: 'string',
  signal: 'signal',
  onProgress: 'function',
};

class Encrypted implements EncryptedStore {
  readonly #store: RecordStore;
  readonly #cipher: Cipher;
  readonly #currentKeyId: string;

  constructor(store: RecordStore, keys: KeyRing) {
    this.#store = store;
    this.#cipher = new Cipher(keys);
    this.#currentKeyId = keys.current;
  }

  /** Jobs are names, like record keys, and stay readable. */
  schedule(): Schedule | undefined {
    return this.#store.schedule?.();
  }

  async get(key: string): Promise<StoredRecord | undefined> {
    const record = await this.#store.get(key);
    return record && { value: await this.#cipher.decrypt(key, record.value), version: record.version };
  }

  async compareAndSet(
    key: string,
    expected: string | undefined,
    value: string,
    options?: { ttlMs?: number | undefined },
  ): Promise<string | undefined> {
    checkKey(key);
    const ttlMs = checkedTtl(options);
    checkString(value, 'value');
    const text = await this.#cipher.encrypt(key, value, ttlMs);
    return this.#store.compareAndSet(key, expected, text, options);
  }

  delete(key: string, expected?: string): Promise<boolean> {
    return this.#store.delete(key, expected);
  }

  list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]> {
    return this.#store.list(prefix, options);
  }

  async getMany(keys: readonly string[]): Promise<(StoredRecord | undefined)[]> {
    checkKeys(keys);
    const records = await readRecords(this.#store, keys);
    return await Promise.all(
      records.map(async (record, index) => {
        if (record === undefined) return undefined;
        return {
          value: await this.#cipher.decrypt(keys[index] ?? '', record.value),
          version: record.version,
        };
      }),
    );
  }

  scan(prefix: string): AsyncIterable<string> {
    return scanKeys(this.#store, prefix);
  }

  async rekey(options?: RekeyOptions): Promise<RekeyResult> {
    checkOptions(options, REKEY_OPTIONS);
    const signal = checkedSignal(options?.signal);
    return await rekey(this.#store, this.#cipher, this.#currentKeyId, { ...options, signal });
  }
}
