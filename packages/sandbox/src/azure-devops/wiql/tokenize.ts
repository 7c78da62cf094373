import { syntaxFailure } from './wiql-failure.ts';

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
  ['sign', /(<>|<=|>=|[<>=(),+*-])/y],
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
