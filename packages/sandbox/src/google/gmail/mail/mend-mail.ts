import { readAddressList } from './address-list.ts';
import { headersNamed, isNamed, readEntity, splitEntity } from './headers.ts';
import { decodeText, isUtf8, type Octets, utf8Octets } from './octets.ts';

/** Whether what Gmail mends in an app's mail is reported, too. */
export type MailRules = 'gmail' | 'strict';

/** A mail as Gmail takes it. */
export interface MendedMail {
  readonly source: Octets;
  /** What Gmail refuses, in words. */
  readonly refusal: string | undefined;
}

/** Characters of an encoded word: at most 45 octets in base64, so that a line stays below 76. */
const WORD_CHARACTERS = 11;

/**
 * Ends every line with CRLF and encodes a Subject in UTF-8. From is set when the mail is kept. The rest stays, but an address
 * that nobody can send to is refused.
 */
export function mendMail(raw: Octets): MendedMail {
  const source = encodeSubject(raw.replaceAll(/\r\n|\r|\n/g, '\r\n'));
  return { source, refusal: recipientProblem(source) };
}

function encodeSubject(source: Octets): Octets {
  const { head } = splitEntity(source);
  if (!/[\u0080-\u00ff]/.test(head)) return source;
  const fields = head.split(/\r\n(?![ \t])/).map((field) => {
    const [name = ''] = field.split(':');
    const value = field.slice(name.length + 1).trim();
    const isText = /[\u0080-\u00ff]/.test(value) && isUtf8(value);
    return isText && isNamed({ name: name.trim(), value }, 'subject') ? `${name}: ${encoded(value)}` : field;
  });
  return `${fields.join('\r\n')}${source.slice(head.length)}`;
}

function encoded(value: Octets): Octets {
  const characters = [...decodeText(value.replaceAll(/\r\n(?=[ \t])/g, ''))];
  const words: string[] = [];
  for (let at = 0; at < characters.length; at += WORD_CHARACTERS) {
    words.push(`=?UTF-8?B?${btoa(utf8Octets(characters.slice(at, at + WORD_CHARACTERS).join('')))}?=`);
  }
  return words.join('\r\n ');
}

function recipientProblem(source: Octets): string | undefined {
  const { headers } = readEntity(source);
  const wrong = ['To', 'Cc', 'Bcc'].find((name) =>
    headersNamed(headers, name).some(
      ({ value }) => (readAddressList(value) ?? readAddressList(textOnly(value))) === undefined,
    ),
  );
  return wrong && `Invalid ${wrong} header`;
}

/** Octets beyond ASCII are letters of a name. */
function textOnly(value: string): string {
  return value.replaceAll(/[\u0080-\u00ff]+/g, 'x');
}
