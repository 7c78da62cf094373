import { invalid } from '../errors.ts';

/** Everything that could end a header or hide in one. A tab is as harmless as a space. */
const CONTROL = /(?!\t)\p{Cc}/u;
/** Bytes of text in one encoded word: 56 characters, where RFC 2047 allows 75. */
const WORD_BYTES = 33;
/** Words of ASCII that fit on the first line with `Subject: `, and are folded at their spaces. */
const PLAIN = /^[!-~]{1,66}(?: [!-~]{1,66})*$/;

/** A text that may be part of a header. Throws {@link InvalidRequestError} for line breaks, NUL and other control characters. */
export function headerText(value: unknown, field: string, max?: number): string {
  if (typeof value !== 'string') throw invalid(field, 'is not a string');
  if (CONTROL.test(value)) throw invalid(field, 'has a line break or another control character');
  if (!value.isWellFormed()) throw invalid(field, 'is not well-formed Unicode');
  if (max !== undefined && value.length > max) throw invalid(field, `is longer than ${max} characters`);
  return value;
}

/** Whether a reader could mistake a part of the text for an encoded word, and show something else. */
export function looksEncoded(text: string): boolean {
  return text.includes('=?');
}

/**
 * The text as a header can carry it: unchanged, or in encoded words of RFC 2047, which can be folded anywhere and decode to
 * exactly the same text. A text that only looks encoded is encoded too; otherwise readers would show something else.
 */
export function encodedText(text: string): string {
  if (text === '' || (PLAIN.test(text) && !looksEncoded(text))) return text;
  return encodedWords(text);
}

/**
 * The text with encoded words only where it needs them, so that an address or URL of ASCII beside them stays readable to
 * machines. Blanks between two words that need it are encoded with them, since readers drop them there.
 */
export function partlyEncodedText(text: string): string {
  if (text !== text.trim()) return encodedText(text);
  const isPlain = (word: string): boolean => /^[!-~]{1,900}$/.test(word) && !looksEncoded(word);
  const runs: { isPlain: boolean; text: string; blank: string }[] = [];
  for (const [, blank = '', word = ''] of text.matchAll(/([ \t]*)([^ \t]+)/g)) {
    const last = runs.at(-1);
    if (last !== undefined && !last.isPlain && !isPlain(word)) last.text += blank + word;
    else runs.push({ isPlain: isPlain(word), text: word, blank });
  }
  return runs.map((run) => run.blank + (run.isPlain ? run.text : encodedWords(run.text))).join('');
}

function encodedWords(text: string): string {
  return wordsOf(text)
    .map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`)
    .join(' ');
}

/** Pieces that fit into one word each, cut between characters. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word];
}
