import { escapeHtml } from '../../../http/escape-html.ts';
import { findPart, readMime } from '../mail/mime-part.ts';
import { decodeText, type Octets } from '../mail/octets.ts';

const MAX_CHARACTERS = 200;

/** The beginning of a mail's text in one line, with HTML's special characters escaped. */
export function snippetOf(source: Octets): string {
  return escapeHtml([...plainText(source)].slice(0, MAX_CHARACTERS).join(''));
}

/** A mail's text in one line; that of an HTML mail without its tags. */
export function plainText(source: Octets): string {
  const mail = readMime(source);
  const plain = findPart(mail, 'text/plain');
  const text = plain
    ? decodeText(plain.content)
    : withoutTags(decodeText(findPart(mail, 'text/html')?.content ?? ''));
  return text.replace(/\s+/g, ' ').trim();
}

function withoutTags(html: string): string {
  return html.replace(/<(style|script)\b.*?<\/\1>/gis, ' ').replace(/<[^>]*>/g, ' ');
}
