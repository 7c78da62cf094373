import { invalid } from '../errors.ts';
import { attributionIn } from './attribution.ts';
import { htmlToText } from './html-to-text.ts';

/** A mail's text, with what its author wrote told apart from what they quoted. */
export interface VisibleText {
  text: string;
  /** What others wrote before. Empty if nothing is quoted. */
  quoted: string;
}

/** What can begin or end a quote in HTML, with its attributes. */
const BLOCK = /<(\/?)(div|blockquote|section)\b([^<>]*)>?/gi;

/** Where mail programs begin what they quote, besides every `<blockquote>`. */
const QUOTES = /class="?[^"=>]*\b(?:gmail_quote|gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote)/i;

/** What everything below is quoted from. */
const QUOTES_BELOW = /id="?(?:divRplyFwdMsg|appendonsend|isForwardContent|OLK_SRC_BODY_SECTION)/i;

/** Characters of a tag that are looked at. No mail program writes so many. */
const MAX_ATTRIBUTES = 2000;

/** A separator, or the head of the mail that is quoted below it. */
const SEPARATORS = [
  /^-{2,} ?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|forwarded message|weitergeleitete nachricht)[^\n]*$/im,
  /^_{20,}\s*\n(?:from|von|de|da|van):/im,
  /^(?:from|von|de|da|van): [^\n]+\n(?:(?:sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden): [^\n]+\n)(?:to|an|à|para|a|aan): /im,
];

/**
 * What a reader sees first: the mail's own text, from `text` or else from `html`, without what it quotes, wherever that is. A mail
 * that only quotes has no text of its own. Pure.
 */
export function visibleText(mail: { text?: string | undefined; html?: string | undefined }): VisibleText {
  const { text, html } = mail ?? {};
  for (const [name, value] of Object.entries({ text, html })) {
    if (value !== undefined && typeof value !== 'string') throw invalid(name, 'is not a string');
  }
  if (text !== undefined && text.trim() !== '') return splitText(text.replaceAll('\r\n', '\n'));
  const parts = splitHtml(html ?? '');
  const own = splitText(htmlToText(parts.text));
  return { text: own.text, quoted: joined([own.quoted, htmlToText(parts.quoted)], '\n') };
}

/** Quoting elements are taken out with what is in them; one that never ends has all the rest. */
function splitHtml(html: string): VisibleText {
  const own: string[] = [];
  const quoted: string[] = [];
  let from = 0;
  let quote = '';
  let depth = 0;
  const cut = (parts: string[], to: number): void => {
    parts.push(html.slice(from, to));
    from = to;
  };
  for (const { 0: whole, 1: slash, 2: name = '', 3: attributes = '', index } of html.matchAll(BLOCK)) {
    const tag = name.toLowerCase();
    if (depth > 0) {
      if (tag !== quote) continue;
      depth += slash === '' ? 1 : -1;
      if (depth === 0) cut(quoted, index + whole.length);
    } else if (slash === '') {
      const looked = attributes.slice(0, MAX_ATTRIBUTES);
      const hasRest = QUOTES_BELOW.test(looked);
      if (!hasRest && tag !== 'blockquote' && !QUOTES.test(looked)) continue;
      cut(own, index);
      [quote, depth] = [tag, 1];
      if (hasRest) break;
    }
  }
  cut(depth > 0 ? quoted : own, html.length);
  return { text: own.join('\n'), quoted: quoted.join('\n') };
}

/** Below a separator, and below `On … wrote:` without marked lines, all is quoted; otherwise the marked lines are. */
function splitText(text: string): VisibleText {
  const at = Math.min(text.length, ...SEPARATORS.flatMap((pattern) => pattern.exec(text)?.index ?? []));
  const head = text.slice(0, at);
  const { index = at, attribution = '' } = attributionIn(head) ?? {};
  const below = head.slice(index + attribution.length);
  const rest = /^\s*>/.test(below)
    ? [{ text: '', quoted: attribution }, splitMarked(below)]
    : [{ text: '', quoted: head.slice(index) }];
  const parts = [splitMarked(head.slice(0, index)), ...rest, { text: '', quoted: text.slice(at) }];
  return {
    text: joined(
      parts.map((part) => part.text),
      '\n\n',
    ),
    quoted: joined(
      parts.map((part) => part.quoted),
      '\n',
    ),
  };
}

function splitMarked(text: string): VisibleText {
  const lines = text.split('\n');
  const quoted = lines.filter((line) => line.startsWith('>')).join('\n');
  if (quoted === '') return { text, quoted };
  const own = lines.filter((line) => !line.startsWith('>')).join('\n');
  return { text: own.replaceAll(/\n{3,}/g, '\n\n'), quoted };
}

function joined(parts: readonly string[], separator: string): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(separator);
}
