import { fromBase64 } from '../crypto/base64.ts';

const REPLACEMENT = '[redacted]';

/** Longer secrets are tokens: their letters and digits have one spelling. */
const MAX_SPELLED_OUT = 256;
/** A shorter text may be part of an innocent word. */
const MIN_INSIDE_WORDS = 8;
/** What base64, or a text in percent encoding, may look like. */
const ENCODED = /[\w+/%=-]{8,}/g;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  ' ': '\\+',
};

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** A character in a text, a query, a form, JSON or HTML, encoded once or more. */
function spellingsOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const percent = Array.from(new TextEncoder().encode(character), (byte) => {
    return `%(?:25)*${byte.toString(16).padStart(2, '0')}`;
  }).join('');
  const entity = ENTITIES[character] === undefined ? '' : `|${ENTITIES[character]}`;
  return `(?:\\\\*${escaped(character)}|${percent}|\\\\+u${hex.padStart(4, '0')}|&#0*${code};|&#x0*${hex};${entity})`;
}

function patternOf(secret: string): RegExp {
  const isLong = secret.length > MAX_SPELLED_OUT;
  const text = Array.from(secret, (character) =>
    isLong && /\w/.test(character) ? character : spellingsOf(character),
  ).join('');
  return new RegExp(secret.length < MIN_INSIDE_WORDS ? `(?<!\\w)${text}(?!\\w)` : text, 'gi');
}

function textIn(word: string): string {
  const encoded = word.replace(/%3d/gi, '=').replace(/%2b/gi, '+').replace(/%2f/gi, '/').replace(/=+$/, '');
  const bytes = fromBase64(encoded.slice(0, encoded.length - (encoded.length % 4 === 1 ? 1 : 0)));
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}

/**
 * Removes secrets from a text that a service wrote, in every spelling: as they are, as in a query, a form, JSON or HTML,
 * and in base64 together with whatever else.
 */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  const patterns = secrets.flatMap((secret) => (secret ? [patternOf(secret)] : []));
  const hidden = (shown: string): string =>
    patterns.reduce((rest, pattern) => rest.replace(pattern, REPLACEMENT), shown);
  return hidden(text).replace(ENCODED, (word) => {
    const inside = textIn(word);
    return hidden(inside) === inside ? word : REPLACEMENT;
  });
}
