/** A search as a tree. */
export type Query =
  | { readonly kind: 'all' | 'any'; readonly queries: readonly Query[] }
  | { readonly kind: 'not'; readonly query: Query }
  | Term;

/** One condition: `from:ada`, `"two words"`. */
export interface Term {
  readonly kind: 'term';
  /** In lower case; undefined for plain words. */
  readonly operator: string | undefined;
  readonly value: string;
}

type Token =
  | { readonly symbol: string }
  | { readonly operator: string }
  | { readonly text: string; readonly isQuoted: boolean };

const TOKEN = /([(){}])|(-(?=\S))|([a-z0-9_]+):(?=\S)|"([^"]*)"|([^\s(){}"]+)/gi;

/**
 * Reads Gmail's search box: terms that all must be met, `OR`, `{any of these}`, `(groups)`, `-not`, `operator:value` and
 * `operator:(values)`. https://support.google.com/mail/answer/7190
 */
export function parseQuery(text: string): Query {
  const tokens = [...text.matchAll(TOKEN)].map(([, bracket, minus, operator, phrase, word]): Token => {
    if (bracket !== undefined) return { symbol: bracket };
    if (minus !== undefined) return { symbol: minus };
    return operator === undefined
      ? { text: phrase ?? word ?? '', isQuoted: phrase !== undefined }
      : { operator: operator.toLowerCase() };
  });
  return new QueryReader(tokens).readAll();
}

/** Whether a query asks for something by name, in whatever group. */
export function termsOf(query: Query): readonly Term[] {
  if (query.kind === 'term') return [query];
  return query.kind === 'not' ? termsOf(query.query) : query.queries.flatMap(termsOf);
}

class QueryReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** What stands side by side, up to a closing bracket; `a OR b` belongs together. `operator` is that of the group. */
  readAll(kind: 'all' | 'any' = 'all', operator?: string): Query {
    const queries: Query[] = [];
    let isAlternative = false;
    while (this.#at < this.#tokens.length && !this.#isSymbol(')') && !this.#isSymbol('}')) {
      if (this.#isWord('OR') || this.#isWord('AND')) {
        isAlternative = this.#isWord('OR') && queries.length > 0;
        this.#at += 1;
        continue;
      }
      const query = this.#readOne(operator);
      const before = isAlternative ? queries.pop() : undefined;
      queries.push(before ? { kind: 'any', queries: [before, query] } : query);
      isAlternative = false;
    }
    this.#at += 1;
    return { kind, queries };
  }

  #readOne(operator: string | undefined): Query {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token === undefined) return { kind: 'all', queries: [] };
    if ('operator' in token) return this.#readOne(token.operator);
    if ('text' in token) return { kind: 'term', operator, value: token.text };
    if (token.symbol === '-') return { kind: 'not', query: this.#readOne(operator) };
    return this.readAll(token.symbol === '{' ? 'any' : 'all', operator);
  }

  #isSymbol(symbol: string): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && 'symbol' in token && token.symbol === symbol;
  }

  #isWord(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && 'text' in token && !token.isQuoted && token.text === text;
  }
}
