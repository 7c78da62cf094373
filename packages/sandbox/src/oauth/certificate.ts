/** Builds an X.509 certificate in PEM, as Google serves its keys at `oauth2/v1/certs`. DER by RFC 5280 and X.690. */

type Bytes = Uint8Array<ArrayBuffer>;
type Key = Parameters<typeof crypto.subtle.sign>[1];

const SHA256_WITH_RSA = element(0x30, objectId([1, 2, 840, 113549, 1, 1, 11]), element(0x05));
const COMMON_NAME = objectId([2, 5, 4, 3]);

/** A certificate for the key that it is signed with, good for ten years around `now`, in milliseconds since the epoch. */
export async function selfSignedCertificate(
  { publicKey, privateKey }: { publicKey: Key; privateKey: Key },
  { commonName, now }: { commonName: string; now: number },
): Promise<string> {
  const name = element(
    0x30,
    element(0x31, element(0x30, COMMON_NAME, element(0x0c, new TextEncoder().encode(commonName)))),
  );
  const years = 5 * 365 * 86_400_000;
  const validity = element(0x30, time(now - years), time(now + years));
  const key = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
  const version = element(0xa0, element(0x02, Uint8Array.of(2)));
  const serial = element(0x02, Uint8Array.of(1));
  const signed = element(0x30, version, serial, SHA256_WITH_RSA, name, validity, name, key);
  const signature = new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, signed));
  const certificate = element(0x30, signed, SHA256_WITH_RSA, element(0x03, Uint8Array.of(0), signature));
  const lines = btoa(String.fromCharCode(...certificate)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** A tag, the length, and the content. */
function element(tag: number, ...contents: readonly Bytes[]): Bytes {
  const content = joined(contents);
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return joined([Uint8Array.from(head), content]);
}

function time(at: number): Bytes {
  const text = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return element(0x18, new TextEncoder().encode(text));
}

/** The first two numbers share a byte; the others are in base 128. */
function objectId([first = 0, second = 0, ...rest]: readonly number[]): Bytes {
  return element(0x06, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function joined(parts: readonly Bytes[]): Bytes {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
