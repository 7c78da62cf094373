import { type Field, findFieldByAnyName } from '../fields/fields.ts';
import { type QueryField, syntaxFailure, unknownFieldFailure } from './query.ts';

/** A piece of a query. Words keep their spelling; texts and fields come without their quotes and brackets. */
export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'field' | 'macro' | 'sign' | 'end';
  readonly text: string;
}

const TOKEN_PATTERNS: readonly [Token['kind'], RegExp][] = [
  ['text', /'((?:[^']|'')*)'|"((?:[^"]|"")*)"/y],
  ['field', /\[([^\]]+)\]/y],
  ['macro', /@(\w+)/y],
  ['number', /(\d+(?:\.\d+)?)(?![\w.])/y],
  ['word', /([A-Za-z_][\w.]*)/y],
  ['sign', /(<>|<=|>=|[<>=(),.+*-])/y],
];

/** A query in pieces, with an `end` behind the last one. */
export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query.charAt(at))) {
      at += 1;
      continue;
    }
    const { token, end } = readToken(query, at);
    tokens.push(token);
    at = end;
  }
  return [...tokens, { kind: 'end', text: 'the end of the query' }];
}

function readToken(query: string, at: number): { token: Token; end: number } {
  for (const [kind, pattern] of TOKEN_PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(query);
    if (!match) continue;
    const [whole, first, second] = match;
    const text = first?.replaceAll("''", "'") ?? second?.replaceAll('""', '"') ?? '';
    return { token: { kind, text: kind === 'text' ? text : (first ?? '') }, end: at + whole.length };
  }
  throw syntaxFailure(`The query has an error near «${query.slice(at, at + 20)}».`);
}

/** What a query of links asks of a link itself. */
const LINK_TYPE: Field = {
  name: 'Link Type',
  referenceName: 'System.Links.LinkType',
  type: 'string',
  readOnly: true,
  isIdentity: false,
};
const LINK_TYPE_NAMES = new Set(['system.links.linktype', 'link type']);

/** Walks through a query's pieces. Keywords are matched without regard to case. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The next piece, which stays the next one. */
  peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: 'the end of the query' };
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Steps over these words or signs, if all of them come next. */
  take(...texts: readonly string[]): boolean {
    const found = texts.every((text, index) => {
      const token = this.#tokens[this.#at + index];
      return (
        token && ['word', 'sign'].includes(token.kind) && token.text.toLowerCase() === text.toLowerCase()
      );
    });
    if (found) this.#at += texts.length;
    return found;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(text);
  }

  /** `[System.Id]`, or in a query of links `[Source].[System.Id]`. */
  field(): QueryField {
    const side = this.#side();
    const field = this.#plainField();
    return side === undefined ? field : { ...field, side };
  }

  #side(): QueryField['side'] {
    const side = this.peek().text.toLowerCase();
    const dot = this.#tokens[this.#at + 1]?.text;
    if ((side !== 'source' && side !== 'target') || dot !== '.') return undefined;
    this.#at += 2;
    return side;
  }

  #plainField(): Field {
    const token = this.next();
    if (token.kind !== 'field' && token.kind !== 'word')
      throw syntaxFailure(`A field was expected, not «${token.text}».`);
    const field = LINK_TYPE_NAMES.has(token.text.toLowerCase()) ? LINK_TYPE : findFieldByAnyName(token.text);
    if (!field) throw unknownFieldFailure(token.text);
    return field;
  }

  unexpected(wanted: string): Error {
    return syntaxFailure(`«${wanted}» was expected, not «${this.peek().text}».`);
  }
}
