import { fromBase64 } from '../crypto/base64.ts';

const REPLACEMENT = '[redacted]';

/** Longer secrets are tokens: their letters and digits have one spelling. */
const MAX_SPELLED_OUT = 256;
/** A shorter text may be part of an innocent word. */
const MIN_INSIDE_WORDS = 8;
/** How many characters of a secret are looked for before all are. */
const BEGINNING = 4;
/** How often a text is decoded in search of a secret. */
const MAX_ENCODINGS = 3;
/** Servers break long lines. */
const BREAK = String.raw`\s|\\+[nr]|%0[ad]`;
const BREAKS = new RegExp(BREAK, 'gi');
/** From each one of many in a row, a pattern would look to their end. */
const FROM_FIRST_BACKSLASH = String.raw`(?<!\\(?=\\))`;
/** What base64, also in percent encoding and over several lines, may look like. */
const ENCODED = /[\w+/%-]{8,}(?:(?:\s|\\+[nr])+[\w+/%-]{2,})*={0,2}/g;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Of the characters that secrets are made of, which every error asks for again. */
const SPELLINGS = new Map<string, string>();

function spellingsOf(character: string): string {
  const known = SPELLINGS.get(character);
  if (known !== undefined) return known;
  const spellings = spelled(character);
  if (character < '\u0080') SPELLINGS.set(character, spellings);
  return spellings;
}

/** A character in a text, a query, a form, JSON, HTML or hex, encoded once or more. */
function spelled(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const bytes = Array.from(new TextEncoder().encode(character), (byte) => {
    return String.raw`(?:%(?:25)*|\\+x|:)?${byte.toString(16).padStart(2, '0')}`;
  }).join('');
  // A form writes a space as a plus, which may be encoded in turn.
  const other = character === ' ' ? spellingsOf('+') : ENTITIES[character];
  return `(?:\\\\*${escaped(character)}|${bytes}|\\\\+u\\{?0*${hex}\\}?|&#0*${code};|&#x0*${hex};${other ? `|${other}` : ''})`;
}

/** Hides one secret in a text. The pattern of a whole token takes V8 milliseconds, so it is made where a text has its beginning. */
function hiderOf(secret: string): (text: string) => string {
  const characters = Array.from(secret);
  const source = (some: readonly string[]): string => sourceOf(some, secret.length > MAX_SPELLED_OUT);
  const beginning = new RegExp(source(characters.slice(0, BEGINNING)), 'i');
  let whole: RegExp | undefined;
  return (text) => {
    if (!beginning.test(text)) return text;
    whole ??= patternOf(secret, source(characters));
    return text.replace(whole, REPLACEMENT);
  };
}

function patternOf(secret: string, source: string): RegExp {
  return new RegExp(secret.length < MIN_INSIDE_WORDS ? `(?<!\\w)${source}(?!\\w)` : source, 'gi');
}

function sourceOf(characters: readonly string[], isLong: boolean): string {
  const source = characters
    .map((character) => (isLong && /\w/.test(character) ? character : spellingsOf(character)))
    .join(isLong ? '' : `(?:${BREAK})*`);
  return `${FROM_FIRST_BACKSLASH}${source}`;
}

function percentDecoded(word: string): string {
  return word.replace(/%(?:25)*([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** What a word may be in base64 or hex. A text before it may have shifted its beginning. */
function textsIn(word: string): string[] {
  return (percentDecoded(word.replace(BREAKS, '')).match(/[\w+/-]{8,}/g) ?? []).flatMap((encoded) =>
    [0, 1, 2, 3].flatMap((start) => {
      const part = encoded.slice(start);
      const bytes = fromBase64(part.slice(0, part.length - (part.length % 4 === 1 ? 1 : 0)));
      const fromHex = percentDecoded(part.replace(/../g, '%$&'));
      return bytes === undefined ? [fromHex] : [fromHex, new TextDecoder().decode(bytes)];
    }),
  );
}

/**
 * Removes secrets from texts that a service wrote, in every spelling: as they are, as in a query, a form, JSON or HTML,
 * in hex, and in base64 together with whatever else, which may be encoded again.
 */
export function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const hiders = secrets.flatMap((secret) => (secret ? [hiderOf(secret)] : []));
  const hidden = (shown: string): string => hiders.reduce((rest, hide) => hide(rest), shown);
  const holds = (word: string, encodings = MAX_ENCODINGS): boolean =>
    encodings > 0 &&
    textsIn(word).some((inside) => hidden(inside) !== inside || holds(inside, encodings - 1));
  return (text) =>
    hidden(text).replace(ENCODED, (words) => {
      if (!holds(words)) return words;
      // As little as can be: single words of a sentence, or else all that may belong together.
      const rest = words.replace(/[\w+/%-]{8,}={0,2}/g, (word) => (holds(word) ? REPLACEMENT : word));
      return rest !== words && !holds(rest) ? rest : REPLACEMENT;
    });
}
