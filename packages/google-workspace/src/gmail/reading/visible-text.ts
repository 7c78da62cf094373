import { invalid } from '../errors.ts';
import { htmlToText } from './html-to-text.ts';

/** A mail's text, with what its author wrote told apart from what they quoted. */
export interface VisibleText {
  text: string;
  /** From the first quoted line on. Empty if nothing is quoted. */
  quoted: string;
}

/** What can begin a quote in HTML, with its attributes. */
const BLOCK = /<(div|blockquote|section)\b([^<>]*)/gi;

/** Where mail programs begin what they quote, besides every `<blockquote>`. */
const QUOTES =
  /class="?[^">]*\b(?:gmail_quote|gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote)|id="?(?:divRplyFwdMsg|appendonsend|isForwardContent|OLK_SRC_BODY_SECTION)/i;

/** Characters of a tag that are looked at. No mail program writes so many. */
const MAX_ATTRIBUTES = 2000;

/** The line above a quote: `On … wrote:` in the languages of many mail programs, or a separator. */
const QUOTE_IN_TEXT = [
  /^(?:on|am|le|el|il|op|em|den|em|dnia|pada|vào) [\s\S]{4,200}?(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał\(a\)|menulis|viết)[^\n]{0,80}:\s*$/im,
  /^-{2,} ?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|forwarded message|weitergeleitete nachricht)[^\n]*$/im,
  /^_{20,}\s*\n(?:from|von|de|da|van):/im,
  /^(?:from|von|de|da|van): [^\n]+\n(?:(?:sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden): [^\n]+\n)(?:to|an|à|para|a|aan): /im,
  /^>/m,
];

/**
 * What a reader sees first: the mail's own text, from `text` or else from `html`, without what it quotes. A mail that only
 * quotes has no text of its own. Pure.
 */
export function visibleText(mail: { text?: string | undefined; html?: string | undefined }): VisibleText {
  const { text, html } = mail ?? {};
  for (const [name, value] of Object.entries({ text, html })) {
    if (value !== undefined && typeof value !== 'string') throw invalid(name, 'is not a string');
  }
  if (text !== undefined && text.trim() !== '') return splitText(text.replaceAll('\r\n', '\n'));
  const source = html ?? '';
  const at = startOfQuote(source);
  const own = splitText(htmlToText(source.slice(0, at)));
  const quoted = [own.quoted, htmlToText(source.slice(at))].filter((part) => part !== '').join('\n');
  return { text: own.text, quoted };
}

function startOfQuote(html: string): number {
  for (const { 1: tag = '', 2: attributes = '', index } of html.matchAll(BLOCK)) {
    if (tag.toLowerCase() === 'blockquote' || QUOTES.test(attributes.slice(0, MAX_ATTRIBUTES))) return index;
  }
  return html.length;
}

function splitText(text: string): VisibleText {
  const starts = QUOTE_IN_TEXT.flatMap((pattern) => pattern.exec(text)?.index ?? []);
  const at = Math.min(text.length, ...starts);
  return { text: text.slice(0, at).trim(), quoted: text.slice(at).trim() };
}
