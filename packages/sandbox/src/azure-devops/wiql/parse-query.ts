import type { Field } from '../fields/fields.ts';
import { parseCondition } from './parse-condition.ts';
import { type Query, syntaxFailure } from './query.ts';
import { tokenize, TokenReader } from './token-reader.ts';

const MAX_QUERY_LENGTH = 32_000;

/** Reads a flat query: SELECT … FROM WorkItems [WHERE …] [ORDER BY …]. Link queries and ASOF are not in the sandbox. */
export function parseQuery(text: string): Query {
  if (text.length > MAX_QUERY_LENGTH) {
    throw syntaxFailure(`The query is longer than ${MAX_QUERY_LENGTH} characters.`);
  }
  const reader = new TokenReader(tokenize(text));
  reader.expect('select');
  const columns = readFields(reader);
  reader.expect('from');
  reader.expect('workitems');
  const where = reader.take('where') ? parseCondition(reader) : undefined;
  const orderBy = reader.take('order', 'by') ? readOrder(reader) : [];
  if (reader.peek().kind !== 'end') throw reader.unexpected('the end of the query');
  return { columns, where, orderBy };
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
