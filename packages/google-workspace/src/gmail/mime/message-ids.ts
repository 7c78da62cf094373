import { cleanLine } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { headerText } from './header-text.ts';

/** Without its brackets. Real ones violate RFC 5322 in many ways, so only what would break a header is refused. */
const ID = /^[^<>\s\p{C}]+$/u;
/** Bytes: with its brackets and `In-Reply-To: `, an id must fit on one line of 998. RFC 5322 §2.1.1. */
const MAX_ID_BYTES = 980;

function isMessageId(id: string): boolean {
  return ID.test(id) && Buffer.byteLength(id) <= MAX_ID_BYTES;
}

/** One `Message-ID` with its angle brackets, given with or without them. */
export function checkedMessageId(value: unknown, field: string): string {
  const text = headerText(value, field).trim();
  const id = /^<(.*)>$/.exec(text)?.[1] ?? text;
  if (!isMessageId(id)) throw invalid(field, 'is not one Message-ID');
  return `<${id}>`;
}

/** A list of them, or a `References` header as it was received. */
export function checkedMessageIds(value: unknown, field: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : idsIn(headerText(unfolded(value), field));
  return list.map((id, index) => checkedMessageId(id, `${field}[${index}]`));
}

/**
 * Another mail program's `Message-ID`, as far as a reply can name it: without doubled brackets, folds, and the blanks and
 * quotes around it. Undefined if nothing in it can be an id.
 */
export function readMessageId(header: string): string | undefined {
  const line = cleanLine(header);
  const [, bracketed] = /<([^<>]+)>/.exec(line) ?? [];
  const id = bracketed?.replaceAll(/[\s\p{C}]+/gu, '') ?? line.replaceAll(/^["'<]+|(?<!["'>])["'>]+$/g, '');
  return isMessageId(id) ? `<${id}>` : undefined;
}

/** The ids of a received `References` header, each once, also those that are folded in the middle. What can't be an id is left out. */
export function readMessageIds(header: string): string[] {
  const line = cleanLine(header);
  const bracketed = [...line.matchAll(/<([^<>]+)>/g)].map(([, id = '']) => unfoldedId(id));
  const ids = line.includes('<') ? bracketed : line.replaceAll(/["']/g, '').split(/\s+/);
  return [...new Set(ids.filter(isMessageId))].map((id) => `<${id}>`);
}

/** Words in brackets without an `@` are no id. */
function unfoldedId(id: string): string {
  return id.includes('@') ? id.replaceAll(/\s+/g, '') : id;
}

function unfolded(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(/\r\n(?=[ \t])/g, '') : value;
}

function idsIn(header: string): string[] {
  return header
    .replaceAll('><', '> <')
    .split(/\s+/)
    .filter((id) => id !== '');
}
