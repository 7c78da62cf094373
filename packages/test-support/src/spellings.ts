import { inspect } from 'node:util';
import { type Arbitrary, constantFrom, string } from 'fast-check';

const form = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
const strict = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*~]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');

/** The ways in which servers repeat what they were sent. */
export const SPELLINGS: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  uri: encodeURIComponent,
  form,
  strict,
  'lower case form': (secret) => form(secret).replace(/%../g, (byte) => byte.toLowerCase()),
  twice: (secret) => encodeURIComponent(form(secret)),
  json: (secret) => JSON.stringify(secret).slice(1, -1),
  'json with escapes': (secret) =>
    secret.replace(/[^a-z0-9]/gi, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'json with slashes': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  html: (secret) =>
    secret.replace(
      /[&<>"']/g,
      (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })[one] ?? one,
    ),
  'html numbers': (secret) => secret.replace(/\W/g, (one) => `&#${one.charCodeAt(0)};`),
  'html hex': (secret) => secret.replace(/\W/g, (one) => `&#x${one.charCodeAt(0).toString(16)};`),
  base64,
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 of id and secret': (secret) => base64(`client-1:${secret}`),
  'base64 of id and secret as a form': (secret) => base64(`client-1:${form(secret)}`),
  'base64 in a form': (secret) => form(base64(`client-1:${secret}`)),
  'percent all': (secret) =>
    [...secret].map((one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`).join(''),
  'three times': (secret) => encodeURIComponent(encodeURIComponent(encodeURIComponent(secret))),
  'json twice': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  'by line': (secret) => secret.replace(/(.{10})/g, '$1\r\n'),
  'base64 of id and secret by line': (secret) => base64(`client-1:${secret}`).replace(/(.{20})/g, '$1\n'),
  'base64url of id and secret': (secret) => Buffer.from(`client-1:${secret}`).toString('base64url'),
  'base64 of JSON': (secret) => base64(JSON.stringify({ client_secret: secret })),
  'base64 of a base64': (secret) => base64(base64(`:${secret}`)),
  'base64 three times': (secret) => base64(base64(base64(secret))),
  'base64 of a form of a base64': (secret) => base64(`credential=${form(base64(`client-1:${secret}`))}&x=1`),
  hex,
  'upper case hex': (secret) => hex(secret).toUpperCase(),
  'hex of id and secret': (secret) => hex(`client-1:${secret}`),
  'hex of a base64': (secret) => hex(base64(`:${secret}`)),
  'base64 of a hex': (secret) => base64(hex(secret)),
  'hex with colons': (secret) => hex(secret).replace(/(..)(?=.)/g, '$1:'),
  'hex escapes': (secret) => hex(secret).replace(/../g, '\\x$&'),
  'escapes with braces': (secret) =>
    secret.replace(/[^a-z0-9]/gi, (one) => `\\u{${one.charCodeAt(0).toString(16)}}`),
};

/** How they frame it. */
const FRAMES: Record<string, (echo: string) => string> = {
  alone: (echo) => echo,
  sentence: (echo) => `The value ${echo} is not valid.`,
  query: (echo) => `grant_type=refresh_token&client_secret=${echo}&x=1`,
  header: (echo) => `Authorization: Basic ${echo}`,
  quoted: (echo) => `{"got":"${echo}"}`,
};

const VISIBLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index));
export const token: Arbitrary<string> = string({
  unit: constantFrom(...VISIBLE),
  minLength: 9,
  maxLength: 60,
});
export const secretText: Arbitrary<string> = string({
  unit: constantFrom(...VISIBLE, ' ', '~', '!', "'", '(', ')'),
  minLength: 9,
  maxLength: 40,
});
export const anySpelling: Arbitrary<string> = constantFrom(...Object.keys(SPELLINGS));
export const anyFrame: Arbitrary<string> = constantFrom(...Object.keys(FRAMES));

/** A secret as a server may repeat it. */
export function echoOf(secret: string, spelling: string, frame: string): string {
  return (FRAMES[frame] ?? String)((SPELLINGS[spelling] ?? String)(secret));
}

function shownOf(value: unknown): string {
  const stack = value instanceof Error ? value.stack : '';
  return [String(value), stack, inspect(value, { depth: 12 }), JSON.stringify(value)].join('\n');
}

/** Throws if one of the values shows the secret, in whatever spelling. */
export function expectHidden(secret: string, ...values: unknown[]): void {
  const shown = values.map(shownOf).join('\n');
  for (const [name, spell] of Object.entries(SPELLINGS)) {
    const spelled = spell(secret).replace(/=+$/, '');
    if (shown.includes(spelled)) throw new Error(`shows the secret as ${name}: ${spelled}`);
  }
}
