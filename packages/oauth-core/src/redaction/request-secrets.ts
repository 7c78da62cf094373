import { fromBase64 } from '../crypto/base64.ts';
import { isObject, parseJsonObject } from '../json/json-object.ts';

/** Names of headers and of body members that hold credentials. */
const SECRET_NAME =
  /^(authorization|code|token|cookie)$|passw|secret|verifier|assertion|credential|api[-_]?key|(access|refresh|id|auth)[-_]?token$/i;
/** Names of members with an address of the host's that may have a secret in it, such as a webhook's. */
const ADDRESS_NAME = /^(url|address|callbackurl)$/i;
/** Names of parameters that let anyone in who has the address, such as that of an upload. */
const PARAMETER_NAME = /^(upload_id|sig|signature|key)$|-signature$/i;
/** A shorter one would be found in words of the error. */
const MIN_PARAMETER_LENGTH = 6;
/** Lines of headers that a service is told to send along. */
const HEADERS_NAME = /^httpHeaders$/i;
const NO_SECRET = new Set(['client_assertion_type']);
/** Larger bodies are files and mails. */
const MAX_BYTES = 65_536;

/** What a request carries that must not come back in an error. */
export function requestSecrets(headers: Headers | Record<string, string>, body: unknown): string[] {
  const fields: [string, unknown][] = [...new Headers(headers)];
  const found = [...fields, ...bodyFields(body)].flatMap(([name, value]) =>
    typeof value === 'string' && isSecret(name, value) ? decodings(name, value) : [],
  );
  return [...new Set(found)];
}

/** What an address carries that lets anyone in who has it. */
export function addressSecrets(url: URL | undefined): string[] {
  const found = [...(url?.searchParams ?? [])].flatMap(([name, value]) =>
    (PARAMETER_NAME.test(name) || isSecret(name, value)) && value.length >= MIN_PARAMETER_LENGTH
      ? [value]
      : [],
  );
  return [...new Set(found)];
}

function isSecret(name: string, value: string): boolean {
  if (value === '' || NO_SECRET.has(name)) return false;
  return (
    SECRET_NAME.test(name) || HEADERS_NAME.test(name) || (ADDRESS_NAME.test(name) && URL.canParse(value))
  );
}

/** The value itself; of an `Authorization` header also the credential, and what is in it. */
function decodings(name: string, value: string): string[] {
  if (HEADERS_NAME.test(name)) return value.split('\n').flatMap(headerDecodings);
  if (name.toLowerCase() !== 'authorization') return [value];
  const [scheme = '', credential = ''] = value.split(' ');
  if (scheme !== 'Basic') return [credential];
  const pair = new TextDecoder().decode(fromBase64(credential));
  const password = pair.slice(pair.indexOf(':') + 1);
  return [credential, password, formDecoded(password)].filter(Boolean);
}

/** `X-Secret:…`, and `Authorization:Bearer …`. A short word would be found in others. */
function headerDecodings(line: string): string[] {
  const name = line.slice(0, line.indexOf(':'));
  const value = line.slice(name.length + 1).trim();
  const found = /authorization$/i.test(name) ? decodings('authorization', value) : [value];
  return found.filter((text) => text.length >= MIN_PARAMETER_LENGTH);
}

function formDecoded(text: string): string {
  return new URLSearchParams(`text=${text}`).get('text') ?? '';
}

function bodyFields(body: unknown): [string, unknown][] {
  if (body instanceof URLSearchParams) return [...body];
  if (body instanceof Uint8Array && body.length > MAX_BYTES) return [];
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
  if (typeof text !== 'string') return [];
  const json = parseJsonObject(text);
  return json === undefined ? [...new URLSearchParams(text)] : members(json);
}

function members(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap(members);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    [name, member] as [string, unknown],
    ...members(member),
  ]);
}
