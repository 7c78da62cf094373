import { type Comparison, type Condition, type Operand, syntaxFailure } from './query.ts';
import type { TokenReader } from './token-reader.ts';

/** Reads conditions with AND before OR, NOT before both, and parentheses. */
export function parseCondition(reader: TokenReader): Condition {
  let condition = parseAnd(reader);
  while (reader.take('or')) condition = { kind: 'or', parts: [condition, parseAnd(reader)] };
  return condition;
}

function parseAnd(reader: TokenReader): Condition {
  let condition = parseNot(reader);
  while (reader.take('and')) condition = { kind: 'and', parts: [condition, parseNot(reader)] };
  return condition;
}

function parseNot(reader: TokenReader): Condition {
  if (reader.take('not')) return { kind: 'not', part: parseNot(reader) };
  if (reader.take('ever')) return { kind: 'ever', part: parseNot(reader) };
  if (!reader.take('(')) return parseComparison(reader);
  const inside = parseCondition(reader);
  reader.expect(')');
  return inside;
}

function parseComparison(reader: TokenReader): Condition {
  const field = reader.field();
  if (reader.take('is', 'empty')) return { kind: 'compare', field, comparison: 'is empty', operands: [] };
  if (reader.take('is', 'not', 'empty')) {
    return { kind: 'not', part: { kind: 'compare', field, comparison: 'is empty', operands: [] } };
  }
  if (reader.take('ever')) {
    const part = { kind: 'compare', field, comparison: '=', operands: [readOperand(reader)] } as const;
    return { kind: 'ever', part };
  }
  const negated = reader.take('not');
  const comparison = readComparison(reader);
  if (negated && !['contains', 'contains words', 'under', 'in', 'in group'].includes(comparison)) {
    throw reader.unexpected('contains, under or in');
  }
  const operands = comparison === 'in' ? readList(reader) : [readOperand(reader)];
  const part: Condition = { kind: 'compare', field, comparison, operands };
  return negated ? { kind: 'not', part } : part;
}

const SIGNS = ['=', '<>', '<=', '>=', '<', '>'] as const;

function readComparison(reader: TokenReader): Comparison {
  for (const sign of SIGNS) if (reader.take(sign)) return sign;
  if (reader.take('contains', 'words')) return 'contains words';
  if (reader.take('in', 'group')) return 'in group';
  for (const word of ['contains', 'under', 'in'] as const) if (reader.take(word)) return word;
  throw reader.unexpected('an operator');
}

function readList(reader: TokenReader): readonly Operand[] {
  reader.expect('(');
  const operands = [readOperand(reader)];
  while (reader.take(',')) operands.push(readOperand(reader));
  reader.expect(')');
  return operands;
}

function readOperand(reader: TokenReader): Operand {
  const negative = reader.take('-');
  const { kind, text } = reader.peek();
  if (kind === 'field') return { kind, field: reader.field() };
  reader.next();
  if (kind === 'number') return { kind: 'literal', value: negative ? -Number(text) : Number(text) };
  if (kind === 'text') return { kind: 'literal', value: text };
  if (kind === 'macro')
    return { kind, name: text.toLowerCase(), argument: readArgument(reader), offset: readOffset(reader) };
  if (/^(?:true|false)$/i.test(text)) return { kind: 'literal', value: text.toLowerCase() === 'true' };
  throw syntaxFailure(`A value was expected, not «${text}».`);
}

/** `@CurrentIteration('[Fabrikam]\\Mobile')` */
function readArgument(reader: TokenReader): string {
  if (!reader.take('(')) return '';
  const { text } = reader.next();
  reader.expect(')');
  return text;
}

function readOffset(reader: TokenReader): number {
  const sign = reader.take('-') ? -1 : reader.take('+') ? 1 : 0;
  if (sign === 0) return 0;
  const { kind, text } = reader.next();
  if (kind !== 'number') throw syntaxFailure(`A number of days was expected, not «${text}».`);
  return sign * Number(text);
}
