import type { Field } from '../fields/fields.ts';
import { readDate } from '../work-items/read-date.ts';
import { parseCondition } from './parse-condition.ts';
import { type LinkMode, type Query, syntaxFailure } from './query.ts';
import { tokenize, TokenReader } from './token-reader.ts';

const MAX_QUERY_LENGTH = 32_000;

/** Reads SELECT … FROM WorkItems or WorkItemLinks [WHERE …] [ORDER BY …] [ASOF …] [MODE (…)]. */
export function parseQuery(text: string): Query {
  if (text.length > MAX_QUERY_LENGTH) {
    throw syntaxFailure(`The query is longer than ${MAX_QUERY_LENGTH} characters.`);
  }
  const reader = new TokenReader(tokenize(text));
  reader.expect('select');
  const columns = readFields(reader);
  reader.expect('from');
  const isOfLinks = reader.take('workitemlinks');
  if (!isOfLinks) reader.expect('workitems');
  const where = reader.take('where') ? parseCondition(reader) : undefined;
  if (isOfLinks && !where)
    throw syntaxFailure('Without a WHERE clause, «workitems» was expected, not WorkItemLinks.');
  const orderBy = reader.take('order', 'by') ? readOrder(reader) : [];
  const asOf = reader.take('asof') ? readMoment(reader) : undefined;
  const mode = isOfLinks ? readMode(reader) : undefined;
  if (reader.peek().kind !== 'end') throw reader.unexpected('the end of the query');
  return { columns, where, orderBy, asOf, links: mode && { mode } };
}

function readMoment(reader: TokenReader): number {
  const { text } = reader.next();
  const ms = readDate(text);
  if (ms === undefined) throw syntaxFailure(`The value «${text}» is no date, as ASOF needs.`);
  return ms;
}

const MODES: readonly LinkMode[] = ['mustcontain', 'maycontain', 'doesnotcontain', 'recursive'];

/** `MODE (Recursive)`, perhaps with `, ReturnMatchingChildren`, which the sandbox passes over. */
function readMode(reader: TokenReader): LinkMode {
  if (!reader.take('mode')) return 'mustcontain';
  reader.expect('(');
  const mode = MODES.find((name) => reader.take(name));
  if (!mode) throw reader.unexpected('a mode');
  if (reader.take(',')) reader.next();
  reader.expect(')');
  return mode;
}

function readFields(reader: TokenReader): readonly Field[] {
  const fields = [reader.field()];
  while (reader.take(',')) fields.push(reader.field());
  return fields;
}

function readOrder(reader: TokenReader): Query['orderBy'] {
  const order: { field: Field; descending: boolean }[] = [];
  do {
    const field = reader.field();
    const descending = reader.take('desc');
    if (!descending) reader.take('asc');
    order.push({ field, descending });
  } while (reader.take(','));
  return order;
}
