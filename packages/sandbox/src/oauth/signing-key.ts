import { selfSignedCertificate } from './certificate.ts';

/** The key behind ID tokens and push tokens. Made on first use; RSA takes its time, so there is one per process. */

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const KEY_ID = '7d680d8c70d44e947133cbd499ebc1a61c3d5abc';
let keyPair: ReturnType<typeof makeKeyPair> | undefined;

/** A JWT signed with RS256, exactly as the claims say. */
export async function signJwt(claims: object): Promise<string> {
  const { privateKey } = await signingKey();
  const header = encodeJson({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' });
  const signed = `${header}.${encodeJson(claims)}`;
  const signature = await crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(signed));
  return `${signed}.${base64Url(new Uint8Array(signature))}`;
}

/** The public key, as a JWK set. */
export async function jwks(): Promise<{ keys: readonly object[] }> {
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', (await signingKey()).publicKey);
  return { keys: [{ kty, n, e, kid: KEY_ID, use: 'sig', alg: 'RS256' }] };
}

/** The public key as a certificate in PEM, by its id: Google's older form. */
export async function pemCertificates(now: number): Promise<Record<string, string>> {
  return { [KEY_ID]: await selfSignedCertificate(await signingKey(), { commonName: 'sandbox', now }) };
}

/** The claims of a token that this key signed; undefined for any other text. */
export async function verifiedClaims(token: string): Promise<unknown> {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || !/^[\w-]+$/.test(signature)) return undefined;
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  const { publicKey } = await signingKey();
  const isOurs = await crypto.subtle.verify(ALGORITHM, publicKey, bytesOf(signature), signed);
  return isOurs ? JSON.parse(new TextDecoder().decode(bytesOf(payload))) : undefined;
}

function signingKey(): ReturnType<typeof makeKeyPair> {
  keyPair ??= makeKeyPair();
  return keyPair;
}

function makeKeyPair() {
  return crypto.subtle.generateKey(
    { ...ALGORITHM, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  );
}

function encodeJson(value: object): string {
  return base64Url(new TextEncoder().encode(JSON.stringify(value)));
}

/** Bytes as base64url. */
export function base64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
