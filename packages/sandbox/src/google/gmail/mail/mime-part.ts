import { headerOf, type MailHeader, readEntity } from './headers.ts';
import { decodeText, decodeTransfer, type Octets, utf8Octets } from './octets.ts';
import { readParameters } from './parameters.ts';

/** One part of a mail; the mail itself is the outermost. */
export interface MimePart {
  /** Empty for the mail itself, then `0`, `1`, `1.0`, as Gmail counts. */
  readonly partId: string;
  readonly headers: readonly MailHeader[];
  readonly mimeType: string;
  /** Empty where the part has none. */
  readonly filename: string;
  /** The content without its transfer encoding, text in UTF-8; empty for a container. */
  readonly content: Octets;
  readonly parts: readonly MimePart[];
}

/** Reads a mail into the tree of its parts. An attached mail is a leaf. */
export function readMime(source: Octets, partId = ''): MimePart {
  const { headers, body } = readEntity(source);
  const type = readParameters(headerOf(headers, 'content-type') ?? 'text/plain');
  const disposition = readParameters(headerOf(headers, 'content-disposition') ?? '');
  const filename = disposition.parameters.get('filename') ?? type.parameters.get('name') ?? '';
  const boundary = type.parameters.get('boundary');
  // A type that can't be one means plain text. https://www.rfc-editor.org/rfc/rfc2045#section-5.2
  const mimeType = type.value.includes('/') ? type.value : 'text/plain';
  const described = { partId, headers, mimeType, filename };
  if (boundary !== undefined && type.value.startsWith('multipart/')) {
    return { ...described, content: '', parts: readParts(body, boundary, partId) };
  }
  const content = decodeTransfer(body, headerOf(headers, 'content-transfer-encoding') ?? '');
  const charset = type.parameters.get('charset');
  return { ...described, content: isText(mimeType) ? inUtf8(content, charset) : content, parts: [] };
}

/** The first part of a type, in reading order. */
export function findPart(part: MimePart, mimeType: string): MimePart | undefined {
  return allParts(part).find((one) => one.mimeType === mimeType && one.filename === '');
}

/** The part and all below it, in reading order. */
export function allParts(part: MimePart): MimePart[] {
  return [part, ...part.parts.flatMap(allParts)];
}

/** The contents between the boundaries of a multipart body, each with a header of its own. */
export function splitMultipart(body: Octets, boundary: string): Octets[] {
  const escaped = boundary.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const delimiter = new RegExp(`(?:^|\r\n)--${escaped}(--)?[ \t]*(?=\r\n|$)`, 'g');
  const parts: Octets[] = [];
  let start: number | undefined;
  for (const match of body.matchAll(delimiter)) {
    if (start !== undefined) parts.push(body.slice(start, match.index));
    // The line break that ends the boundary's line: it may be the one before the next boundary, too.
    start = match.index + match[0].length + 2;
    if (match[1] !== undefined) return parts;
  }
  return start === undefined ? [] : [...parts, body.slice(start)];
}

function readParts(body: Octets, boundary: string, partId: string): MimePart[] {
  const prefix = partId === '' ? '' : `${partId}.`;
  return splitMultipart(body, boundary).map((part, index) => readMime(part, `${prefix}${index}`));
}

function isText(mimeType: string): boolean {
  return mimeType.startsWith('text/');
}

function inUtf8(content: Octets, charset = 'utf-8'): Octets {
  return /^(utf-?8|us-ascii)$/i.test(charset) ? content : utf8Octets(decodeText(content, charset));
}
