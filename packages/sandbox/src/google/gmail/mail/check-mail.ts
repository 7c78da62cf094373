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
 * What is wrong with an app's mail, in words. Empty if nothing is. Follows RFC 5322 strictly,
 * unlike Gmail, which silently repairs some of it: lines of 998 octets and CRLF only, a header of fields in ASCII (but a
 * local part may be UTF-8), one field of a kind. Gmail's own words: `Invalid To header`.
 */
export function mailProblems(raw: Octets): string[] {
  const source = raw.replaceAll(/\r\n|\r|\n/g, '\r\n');
  const ends = source === raw ? undefined : 'Invalid line ending: every CR and LF must be a CRLF pair';
  const found = [ends, lineProblem(source), ...headerProblems(source)];
  return [...new Set(found.filter((problem) => problem !== undefined))];
}

function lineProblem(source: Octets): string | undefined {
  if (source.includes('\0')) return 'Invalid character: NUL';
  const tooLong = source.split('\r\n').findIndex((line) => line.length > MAX_LINE_LENGTH);
  return tooLong === -1 ? undefined : `Invalid line ${tooLong + 1}: more than 998 octets`;
}

function headerProblems(source: Octets): string[] {
  const broken = unfold(splitEntity(source).head).some((line) => !isHeaderField(line));
  const { headers } = readEntity(source);
  const twice = SINGLE_FIELDS.filter((name) => headersNamed(headers, name).length > 1);
  const wrong = [...headers.filter((header) => !isReadable(header)), ...partHeaders(source).filter(has8Bit)];
  return [
    ...(broken ? ['Invalid header: a line is no header field'] : []),
    ...[...twice, ...wrong.map(({ name }) => canonical(name))].map((name) => `Invalid ${name} header`),
  ];
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
