/** WebCrypto's handle of a key. */
export type CryptoKeyHandle = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** By its tag: the class is no global everywhere, and each realm has its own. */
export function isCryptoKey(value: unknown): value is CryptoKeyHandle {
  return Object.prototype.toString.call(value) === '[object CryptoKey]';
}
