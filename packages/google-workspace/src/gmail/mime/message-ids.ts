import { invalid } from '../errors.ts';
import { headerText } from './header-text.ts';

/** Without its brackets. Real ones violate RFC 5322 in many ways, so only what would break a header is refused. */
const ID = /^[!-;=?-~]{1,900}$/;

/** One `Message-ID` with its angle brackets, given with or without them. */
export function checkedMessageId(value: unknown, field: string): string {
  const text = headerText(value, field).trim();
  const id = /^<(.*)>$/.exec(text)?.[1] ?? text;
  if (!ID.test(id)) throw invalid(field, 'is not one Message-ID');
  return `<${id}>`;
}

function idsIn(header: string): string[] {
  return header
    .replaceAll('><', '> <')
    .split(/\s+/)
    .filter((id) => id !== '');
}

/** The ids of a received `References` header. Anything else in it is left out. */
export function readableMessageIds(header: string): string[] {
  return idsIn(header).flatMap((text) => {
    const id = text.replace(/^<(.*)>$/, '$1');
    return ID.test(id) ? [`<${id}>`] : [];
  });
}

/** A list of them, or a `References` header as it was received. */
export function checkedMessageIds(value: unknown, field: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : idsIn(headerText(value, field));
  return list.map((id, index) => checkedMessageId(id, `${field}[${index}]`));
}
