import { readAddressList } from './address-list.ts';
import {
  headersNamed,
  isHeaderField,
  isNamed,
  type MailHeader,
  readEntity,
  splitEntity,
  unfold,
} from './headers.ts';
import { allParts, readMime } from './mime-part.ts';
import type { Octets } from './octets.ts';

const MAX_LINE_LENGTH = 998;
const ADDRESS_FIELDS = ['From', 'Sender', 'Reply-To', 'To', 'Cc', 'Bcc'];
const SINGLE_FIELDS = [...ADDRESS_FIELDS, 'Subject', 'Date', 'Message-ID', 'In-Reply-To', 'References'];

/**
 * What is wrong with an app's mail, in words. Undefined if nothing is. Follows RFC 5322 strictly,
 * unlike Gmail, which silently repairs some of it: lines of 998 octets and CRLF only, a header of fields in ASCII (but a
 * local part may be UTF-8), one field of a kind. Gmail's own words: `Invalid To header`.
 */
export function mailProblem(source: Octets): string | undefined {
  return lineProblem(source) ?? headerProblem(source);
}

function lineProblem(source: Octets): string | undefined {
  if (/\r(?!\n)|(?<!\r)\n/.test(source)) return 'Invalid line ending: every CR and LF must be a CRLF pair';
  if (source.includes('\0')) return 'Invalid character: NUL';
  const tooLong = source.split('\r\n').findIndex((line) => line.length > MAX_LINE_LENGTH);
  return tooLong === -1 ? undefined : `Invalid line ${tooLong + 1}: more than 998 octets`;
}

function headerProblem(source: Octets): string | undefined {
  const broken = unfold(splitEntity(source).head).some((line) => !isHeaderField(line));
  if (broken) return 'Invalid header: a line is no header field';
  const { headers } = readEntity(source);
  const twice = SINGLE_FIELDS.find((name) => headersNamed(headers, name).length > 1);
  if (twice !== undefined) return `Invalid ${twice} header`;
  const wrong = headers.find((header) => !isReadable(header)) ?? partHeaders(source).find(has8Bit);
  return wrong && `Invalid ${canonical(wrong.name)} header`;
}

function isReadable(header: MailHeader): boolean {
  const isAddresses = ADDRESS_FIELDS.some((name) => isNamed(header, name));
  return isAddresses ? readAddressList(header.value) !== undefined : !has8Bit(header);
}

function has8Bit({ value }: MailHeader): boolean {
  return /[\u0080-\u00ff]/.test(value);
}

/** The header fields of the mail's parts: file names are in them. */
function partHeaders(source: Octets): MailHeader[] {
  return allParts(readMime(source))
    .slice(1)
    .flatMap(({ headers }) => headers);
}

/** A field's name as RFCs write it. */
function canonical(name: string): string {
  return SINGLE_FIELDS.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
}
