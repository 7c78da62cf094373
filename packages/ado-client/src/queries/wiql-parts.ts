/** A query taken apart, so that conditions can be added. */
export interface WiqlParts {
  /** `SELECT … FROM …` */
  head: string;
  where: string | undefined;
  orderBy: string | undefined;
  /** `ASOF …` and `MODE …`, with their keywords. */
  tail: string;
  /** Whether it asks for links, whose results can't be asked for in parts. */
  isOfLinks: boolean;
}

/** Quoted texts and names in brackets, in which no word is a keyword; words; and anything else. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|order\s+by\b|[\w@.]+|[^]/gi;
const KEYWORDS = new Set(['select', 'from', 'where', 'order by', 'asof', 'mode']);

/** The clauses by keyword; the keyword itself is not in its clause. */
function clausesOf(text: string): Map<string, string> {
  const clauses = new Map<string, string>();
  let keyword = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const word = token.toLowerCase().replace(/\s+/g, ' ');
    if (KEYWORDS.has(word)) clauses.set((keyword = word), '');
    else clauses.set(keyword, (clauses.get(keyword) ?? '') + token);
  }
  return clauses;
}

export function wiqlParts(text: string): WiqlParts {
  const clauses = clausesOf(text);
  const clause = (keyword: string): string | undefined => clauses.get(keyword)?.trim() || undefined;
  const tail = ['asof', 'mode'].flatMap((keyword) => {
    const rest = clause(keyword);
    return rest === undefined ? [] : [`${keyword.toUpperCase()} ${rest}`];
  });
  const from = clause('from') ?? '';
  return {
    head: `SELECT ${clause('select') ?? ''} FROM ${from}`,
    where: clause('where'),
    orderBy: clause('order by'),
    tail: tail.join(' '),
    isOfLinks: /^\[?workitemlinks\]?$/i.test(from),
  };
}

/** The same query for a part of its results, in the order of their ids. */
export function partOf(
  { head, where, tail }: WiqlParts,
  conditions: readonly string[],
  direction: string,
): string {
  const all = [...(where === undefined ? [] : [`(${where})`]), ...conditions];
  const clause = all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;
  return `${head}${clause} ORDER BY [System.Id]${direction}${tail && ` ${tail}`}`;
}
