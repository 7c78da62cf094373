import { isJsonObject, type JsonObject, parseJson, stringOf } from '../json.ts';

type PublicKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A JWT, taken apart. Its signature is not checked. */
export interface ReadJwt {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  isSignedBy(publicKey: string): Promise<boolean>;
}

/** By the algorithm in the header (RFC 7518 §3.1). */
const ALGORITHMS: Readonly<Record<string, { name: string; hash: string; saltLength?: number }>> = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 },
};

/** Undefined for a text that is no JWT of these algorithms. */
export function readJwt(text: string): ReadJwt | undefined {
  const [head = '', payload = '', signature = '', ...rest] = text.split('.');
  if (rest.length > 0 || ![head, payload, signature].every(isBase64Url)) return undefined;
  const [header, claims] = [jsonOf(head), jsonOf(payload)];
  const algorithm = ALGORITHMS[stringOf(header?.['alg'])];
  if (header === undefined || claims === undefined || algorithm === undefined) return undefined;
  const signed = new TextEncoder().encode(`${head}.${payload}`);
  return {
    header,
    claims,
    isSignedBy: async (publicKey) => {
      const key = await imported(publicKey, algorithm);
      return await crypto.subtle.verify(algorithm, key, bytesOf(signature), signed);
    },
  };
}

function isBase64Url(part: string): boolean {
  return /^[\w-]+$/.test(part) && part.length % 4 !== 1;
}

/** Of a public key in PEM (SPKI). */
async function imported(pem: string, algorithm: { name: string; hash: string }): Promise<PublicKey> {
  const [, base64 = ''] = /-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----/.exec(pem) ?? [];
  const der = Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (character) => character.charCodeAt(0));
  return await crypto.subtle.importKey('spki', der, algorithm, false, ['verify']);
}

function jsonOf(part: string): JsonObject | undefined {
  const value = parseJson(new TextDecoder().decode(bytesOf(part)));
  return isJsonObject(value) ? value : undefined;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
