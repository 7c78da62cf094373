import { invalid } from '../errors.ts';
import { checkList } from '../input.ts';

/**
 * A quoted day with a time of day, and nothing else, as in `'2026-11-23T09:00:00Z'` or `'11/23/2026 9:00 AM'`: without time
 * precision Azure DevOps refuses it.
 */
const TIME_LITERAL =
  /(['"])(?:\d{4}-\d\d-\d\d|\d{1,2}([/.])\d{1,2}\2\d{4})[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[AP]M|[+-]\d\d:?\d\d))?\1/i;

/** What Azure Boards' pages write behind a day in a query: no time is meant, and none is compared (docs/facts/azure-devops.md#queries). */
const MIDNIGHT = /T00:00:00\.0{7}Z?(?=['"])/gi;

/** A query in the Work Item Query Language, with its values in it. Made by {@link wiql}. */
export class Wiql {
  readonly text: string;
  /** Whether times in it are to be compared to the millisecond, not to the day. */
  readonly hasTimes: boolean;

  /** Takes a whole text as it is, such as one that was saved: {@link wiql} is the way to put values into one. */
  constructor(text: string) {
    if (typeof text !== 'string' || text.trim() === '') throw invalid('text', 'is empty: it is the query');
    this.text = text;
    this.hasTimes = TIME_LITERAL.test(text.replaceAll(MIDNIGHT, ''));
  }

  /** The query as it is sent. */
  toString(): string {
    return this.text;
  }
}

/** What may stand in a query: a value, a list of values, or another piece of query. */
export type WiqlValue = string | number | boolean | Date | Wiql | readonly WiqlValue[];

function literal(value: WiqlValue, field: string): string {
  if (value instanceof Wiql) return value.text;
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date && !Number.isNaN(value.getTime())) return `'${value.toISOString()}'`;
  if (Array.isArray(value)) {
    if (value.length === 0) throw invalid(field, 'is an empty list, which no query can hold');
    return value.map((item: WiqlValue) => literal(item, field)).join(', ');
  }
  throw invalid(field, 'is not a value that a query can hold');
}

/** Whether a place in a query is in a quoted text or a name in brackets, where a value could end it. */
function isEnclosed(before: string): boolean {
  return /['"[]/.test(before.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]/g, ''));
}

/**
 * A query whose values can't be read as anything else: ``wiql`SELECT [System.Id] FROM WorkItems WHERE [System.State] =
 * ${state} AND [System.Tags] CONTAINS ${tag}` ``. Texts are quoted, lists stand with commas for `IN (${ids})`, times, as a
 * `Date` or as text, are compared to the millisecond. Macros such as `@Me` go into the text, as names in brackets do. Throws {@link InvalidRequestError} naming the value.
 */
export function wiql(texts: TemplateStringsArray, ...values: readonly WiqlValue[]): Wiql {
  checkList(texts, 'texts');
  const pieces = values.map((value, index) => {
    const field = `value ${index + 1}`;
    if (isEnclosed(texts.slice(0, index + 1).join(' ')))
      throw invalid(field, 'stands in quotes or brackets: values get their own quotes');
    return literal(value, field) + (texts[index + 1] ?? '');
  });
  return new Wiql([texts[0], ...pieces].join(''));
}
