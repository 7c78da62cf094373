/** One condition of Gmail's search box: `from:ada`, `-is:unread`, `"two words"`. */
export interface SearchTerm {
  readonly negated: boolean;
  /** In small letters; undefined for plain words. */
  readonly operator: string | undefined;
  readonly value: string;
}

const TERM = /(-?)(?:([a-z0-9_]+):)?(?:"([^"]*)"|\(([^)]*)\)|(\S+))/gi;

/** All terms have to be met; OR is not understood. */
export function parseQuery(query: string): SearchTerm[] {
  return [...query.matchAll(TERM)].map(([, minus, operator, quoted, grouped, word]) => ({
    negated: minus === '-',
    operator: operator?.toLowerCase(),
    value: quoted ?? grouped ?? word ?? '',
  }));
}
