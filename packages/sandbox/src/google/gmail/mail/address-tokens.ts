import type { Octets } from './octets.ts';

/** A piece of an address header: a special character, a quoted string, or a run of others. */
export interface AddressToken {
  readonly kind: 'special' | 'quoted' | 'word';
  /** As it was sent: a quoted string with its quotes. */
  readonly text: Octets;
}

const SPACE = /[ \t]+/y;
const QUOTED = /"(?:[^"\\]|\\.)*"/y;
const LITERAL = /\[[^[\]\\]*\]/y;
const WORD = /[^ \t"()<>[\],:;@\\]+/y;
const SPECIAL = /[<>,:;@]/y;

/** Cuts a header's value into tokens, without spaces and comments; undefined if it cannot be split. */
export function addressTokens(value: Octets): AddressToken[] | undefined {
  const tokens: AddressToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): Octets | undefined => {
    pattern.lastIndex = at;
    const text = pattern.exec(value)?.[0];
    if (text !== undefined) at += text.length;
    return text;
  };
  while (at < value.length) {
    if (take(SPACE) !== undefined) continue;
    if (value[at] === '(') {
      const end = commentEnd(value, at);
      if (end === undefined) return undefined;
      at = end;
      continue;
    }
    const token = tokenFrom(take);
    if (!token) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function tokenFrom(take: (pattern: RegExp) => Octets | undefined): AddressToken | undefined {
  for (const [kind, pattern] of [
    ['quoted', QUOTED],
    ['word', LITERAL],
    ['special', SPECIAL],
    ['word', WORD],
  ] as const) {
    const text = take(pattern);
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}

/** Where a comment ends that starts there; comments nest, and are in ASCII. */
function commentEnd(value: Octets, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < value.length && value.charCodeAt(at) < 0x80; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === '(') depth += 1;
    else if (value[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}
