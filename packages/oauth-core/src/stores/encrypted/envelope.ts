import { fromBase64, toBase64 } from '../../crypto/base64.ts';

/**
 * An encrypted value as it lies in the store: `cs1.<key id>.<TTL or nothing>.<IV>.<ciphertext and tag>`, or with a data key that a
 * key service has wrapped: `cs2.<key id>.<TTL or nothing>.<wrapped key>.<IV>.<ciphertext and tag>`.
 */
export interface Envelope {
  readonly keyId: string;
  /**
   * Milliseconds that the record was written to live. A store does not tell it, yet `rekey` has to write the record
   * with one.
   */
  readonly ttlMs: number | undefined;
  /** The data key, as the key service has wrapped it. */
  readonly wrapped: Uint8Array<ArrayBuffer> | undefined;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

export type EnvelopeHeader = Pick<Envelope, 'keyId' | 'ttlMs' | 'wrapped'>;

const TEXT = /^cs[12]\.([\w-]{1,64})\.(\d*)(?:\.([^.]+))?\.([^.]+)\.([^.]+)$/;
/** NIST SP 800-38D: random ones of 96 bits are good for 2^32 records with one key. */
const IV_BYTES = 12;

export function newIv(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(IV_BYTES));
}

export function encodeEnvelope({ iv, ciphertext, ...header }: Envelope): string {
  return `${encodeHeader(header)}.${toBase64(iv)}.${toBase64(ciphertext)}`;
}

/** Undefined where the text is no envelope, letter by letter: base64 can say one thing in several ways. */
export function decodeEnvelope(text: string): Envelope | undefined {
  const [, keyId, ttl, wrappedText, ivText, ciphertextText] = TEXT.exec(text) ?? [];
  if (keyId === undefined || ttl === undefined) return undefined;
  const ttlMs = ttl === '' ? undefined : Number(ttl);
  const wrapped = wrappedText === undefined ? undefined : fromBase64(wrappedText);
  const iv = fromBase64(ivText ?? '');
  const ciphertext = fromBase64(ciphertextText ?? '');
  if (iv?.length !== IV_BYTES || ciphertext === undefined) return undefined;
  const envelope = { keyId, ttlMs, wrapped, iv, ciphertext };
  return encodeEnvelope(envelope) === text ? envelope : undefined;
}

/** What the ciphertext is bound to: its header and the record's key. No header has a line break. */
export function boundTo(header: EnvelopeHeader, recordKey: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${encodeHeader(header)}\n${recordKey}`);
}

function encodeHeader({ keyId, ttlMs, wrapped }: EnvelopeHeader): string {
  const facts = `${keyId}.${ttlMs === undefined ? '' : wholeNumber(ttlMs)}`;
  return wrapped === undefined ? `cs1.${facts}` : `cs2.${facts}.${toBase64(wrapped)}`;
}

/** A fraction would bring a dot, and so may a number that is too large to be spelled out. */
function wholeNumber(ttlMs: number): string {
  return String(Math.min(Math.ceil(ttlMs), Number.MAX_SAFE_INTEGER));
}
