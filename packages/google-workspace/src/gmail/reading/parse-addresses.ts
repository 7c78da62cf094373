import { cleanLine } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { decodeWords } from './decode-words.ts';

/** Somebody in a received header. */
export interface MailAddress {
  /** Empty if there is none. */
  name: string;
  address: string;
}

/**
 * An encoded word, in which mail programs leave commas and brackets bare, a quoted string, a comment, an address in brackets, a domain
 * literal, a separator, or plain text.
 */
const TOKEN =
  /=\?[^?\s"<>]{1,60}\?[bq]\?[^?"<>@]*\?=|"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)?|<(?:"(?:[^"\\]|\\.)*"@)?[^<>]*>?|@\[[^\]<>",;\s]{0,80}\]|[,;:]|[^",;:<(=@]+|[=@]/gi;
const CLOSED_QUOTE = /^"(?:[^"\\]|\\.)*"$/s;
/** What may come before the address in brackets: a route of RFC 822, or what a link has. */
const PREFIX = /^(?:@[^:]*|mailto):/i;

/**
 * Reads a received `From`, `To` or `Cc` leniently: quotes, comments, groups, encoded words, semicolons between addresses, and what
 * else mail programs write. What holds no address is left out. Pure.
 */
export function parseAddresses(header: string): MailAddress[] {
  if (typeof header !== 'string') throw invalid('header', 'is not a string');
  const found: MailAddress[] = [];
  let words: string[] = [];
  // `Lovelace, Ada <…>` without quotes, as many programs write it, and as Gmail gives names that were encoded.
  let lastName = '';
  let comment = '';
  let address: string | undefined;
  const end = (): void => {
    const isNamed = address !== undefined && lastName !== '' && words.join('').trim() !== '';
    const one = mailboxOf(isNamed ? [lastName, ...words] : words, comment, address);
    const text = words.join('').trim();
    lastName = one === undefined && address === undefined && text !== '' ? `${text}, ` : '';
    if (one !== undefined) found.push(one);
    words = [];
    comment = '';
    address = undefined;
  };
  for (const token of tokensOf(cleanLine(header))) {
    if (token === ',') end();
    else if (token === ';') {
      end();
      lastName = '';
    }
    // The name of a group.
    else if (token === ':') words = [];
    else if (token.startsWith('<')) address = bracketedAddress(token);
    else if (token.startsWith('(')) comment = token.slice(1).replace(/\)$/, '');
    else words.push(address === undefined ? token : token.replace(/^>+/, ''));
  }
  end();
  return found;
}

/** Blanks are no part of an address, unless it has them in quotes. */
function bracketedAddress(token: string): string {
  const inner = token.replaceAll(/^<|>$/g, '');
  const [quoted = ''] = /^\s*"(?:[^"\\]|\\.)*"(?=@)/.exec(inner) ?? [];
  const rest = inner.slice(quoted.length).replaceAll(/[<>\s]/g, '');
  return quoted === '' ? rest.replace(PREFIX, '') : `${quoted.trimStart()}${rest}`;
}

function tokensOf(line: string): string[] {
  const tokens = [...line.matchAll(TOKEN)].map(([token]) => token);
  const last = tokens.at(-1) ?? '';
  // A quote that never ends would hide the address.
  return last.startsWith('"') && !CLOSED_QUOTE.test(last)
    ? [...tokens.slice(0, -1), ...tokensOf(last.replaceAll('"', ''))]
    : tokens;
}

function mailboxOf(
  words: readonly string[],
  comment: string,
  bracketed: string | undefined,
): MailAddress | undefined {
  if (bracketed !== undefined) {
    return bracketed.includes('@') ? { name: nameOf(words), address: bracketed } : undefined;
  }
  const text = words.join('').trim();
  const bare = addressAtEnd(text);
  if (bare === undefined) return undefined;
  const name = text.slice(0, text.length - bare.length);
  return { name: nameOf([name === '' ? comment : name]), address: bare };
}

/** `ada@example.com` of `Ada ada@example.com`; the local part may be quoted. In steps, since one pattern would look from each place. */
function addressAtEnd(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const before = text.slice(0, Math.max(0, at));
  if (/[\s"]/.test(text.slice(at + 1)) || at === text.length - 1) return undefined;
  const opening = before.endsWith('"') ? before.lastIndexOf('"', before.length - 2) : -1;
  const local = opening >= 0 ? before.slice(opening) : (before.split(/[\s"]/).at(-1) ?? '');
  return local === '' ? undefined : `${local}${text.slice(at)}`;
}

function nameOf(words: readonly string[]): string {
  const unquoted = words.map((word) =>
    word.startsWith('"') ? word.replaceAll(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1') : word,
  );
  return cleanLine(decodeWords(unquoted.join('')))
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/^'(.*)'$/g, '$1');
}
