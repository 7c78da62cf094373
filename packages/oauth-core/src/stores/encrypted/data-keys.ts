import { toBase64 } from '../../crypto/base64.ts';
import { ConfigurationError, StoreError } from '../../errors/index.ts';
import { withTimeout } from '../../timing/timeouts.ts';
import { type AesKey, deriveKey, KEY_BYTES } from './derive-key.ts';
import { RecentKeys } from './recent-keys.ts';

/** A data key as a key service gives it back: bytes, or its own text. */
export type WrappedKey = Uint8Array | string;

/** A KMS or HSM, which never gives its own key away. */
export interface KeyService {
  /** Encrypts 32 bytes, a data key that records are encrypted with. The result is stored in every record that uses it. */
  wrap?: ((dataKey: Uint8Array) => Promise<WrappedKey>) | undefined;
  /**
   * Decrypts what `wrap` gave, for records with this key id. `undefined` says that it never can again, because the key was
   * deleted or is another: then the record counts as lost (`key-missing`). What it rejects with counts as an outage.
   */
  unwrap?: ((wrapped: WrappedKey, keyId: string) => Promise<Uint8Array | undefined>) | undefined;
  /** Milliseconds for which one data key is written with. Default: 86,400,000 (a day). */
  dataKeyMs?: number | undefined;
  /** Milliseconds after which the key service is asked again for a data key that is read with. Default: 3,600,000. */
  cacheMs?: number | undefined;
  /** Data keys in memory. Default: 1,000. */
  maxCachedKeys?: number | undefined;
}

/** A key to write with, and how the record names it. */
export interface WritingKey {
  key: AesKey;
  wrapped?: Uint8Array<ArrayBuffer>;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const SERVICE_TIMEOUT_MS = 10_000;
/** How long a data key that could not be unwrapped is not asked for again. */
const FAILURE_MS = 5_000;
/** NIST SP 800-38D allows 2^32 with random IVs. */
const MAX_WRITES = 2 ** 31;
const MAX_WRAPPED_BYTES = 4_096;
/** What a wrapped key was before it became bytes. */
const [BYTES, TEXT] = [0, 1];

/** Data keys that a key service wraps: one to write with for a day, and those that were read with, bounded. */
export class DataKeys {
  readonly #service: KeyService;
  readonly #dataKeyMs: number;
  readonly #unwrapped: RecentKeys;
  #writing: (WritingKey & { endsAt: number; writesLeft: number }) | undefined;
  #wrapping: Promise<WritingKey & { endsAt: number; writesLeft: number }> | undefined;

  constructor(service: KeyService) {
    const { dataKeyMs = DAY_MS, cacheMs = HOUR_MS, maxCachedKeys = 1_000 } = service;
    checkPositive('dataKeyMs', dataKeyMs);
    checkPositive('cacheMs', cacheMs);
    checkPositive('maxCachedKeys', maxCachedKeys);
    this.#service = service;
    this.#dataKeyMs = dataKeyMs;
    this.#unwrapped = new RecentKeys({ cacheMs, failureMs: FAILURE_MS, max: maxCachedKeys });
  }

  /** The data key of this process. One that is over is replaced; callers at once share the new one. */
  async forWriting(): Promise<WritingKey> {
    const known = this.#writing;
    if (known !== undefined && performance.now() < known.endsAt && known.writesLeft > 0) {
      known.writesLeft -= 1;
      return known;
    }
    this.#wrapping ??= this.#wrapNew().finally(() => (this.#wrapping = undefined));
    return (this.#writing = await this.#wrapping);
  }

  /** The data key that a record was written with. Throws {@link StoreError} `key-missing` or `unavailable`. */
  async unwrapped(wrapped: Uint8Array<ArrayBuffer>, keyId: string): Promise<AesKey> {
    const { unwrap } = this.#service;
    if (unwrap === undefined) throw missing(keyId);
    const name = `${keyId} ${toBase64(wrapped)}`;
    return await this.#unwrapped.find(name, async () => {
      const dataKey = await ask('unwrap', async () => unwrap(fromStored(wrapped), keyId));
      if (!(dataKey instanceof Uint8Array) || dataKey.length !== KEY_BYTES) throw missing(keyId);
      return await derivedAndCleared(dataKey);
    });
  }

  async #wrapNew(): Promise<WritingKey & { endsAt: number; writesLeft: number }> {
    const { wrap } = this.#service;
    if (wrap === undefined) throw new ConfigurationError('wrap is missing.');
    const dataKey = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    const wrapped = toStored(await ask('wrap', async () => wrap(dataKey.slice())));
    const key = await derivedAndCleared(dataKey);
    return { key, wrapped, endsAt: performance.now() + this.#dataKeyMs, writesLeft: MAX_WRITES };
  }
}

/** What the service says is not shown: it may hold anything. */
async function ask<T>(what: 'wrap' | 'unwrap', call: () => Promise<T>): Promise<T> {
  try {
    return await withTimeout(SERVICE_TIMEOUT_MS, call());
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError('unavailable', `The key service did not ${what} a data key${kindOf(error)}.`);
  }
}

/** The kind of a failure, such as ` (ThrottlingException)`. */
function kindOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return /^[A-Za-z]{1,64}$/.test(name) && name !== 'Error' ? ` (${name})` : '';
}

function missing(keyId: string): StoreError {
  return new StoreError(
    'key-missing',
    `A data key that was wrapped with the key ${JSON.stringify(keyId)} can't be unwrapped any more.`,
  );
}

async function derivedAndCleared(dataKey: Uint8Array): Promise<AesKey> {
  const key = await deriveKey(Uint8Array.from(dataKey));
  dataKey.fill(0);
  return key;
}

function toStored(wrapped: WrappedKey): Uint8Array<ArrayBuffer> {
  const isText = typeof wrapped === 'string';
  const bytes = isText ? new TextEncoder().encode(wrapped) : wrapped;
  if (!(bytes instanceof Uint8Array) || bytes.length === 0 || bytes.length > MAX_WRAPPED_BYTES) {
    throw new ConfigurationError(`wrap gave no bytes or text of 1 to ${MAX_WRAPPED_BYTES} bytes.`);
  }
  return Uint8Array.from([isText ? TEXT : BYTES, ...bytes]);
}

function fromStored(stored: Uint8Array<ArrayBuffer>): WrappedKey {
  const bytes = stored.slice(1);
  return stored[0] === TEXT ? new TextDecoder().decode(bytes) : bytes;
}

function checkPositive(name: string, value: number): void {
  if (typeof value === 'number' && value > 0) return;
  throw new ConfigurationError(`${name} must be above 0.`);
}
