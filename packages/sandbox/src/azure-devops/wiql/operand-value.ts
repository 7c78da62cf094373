import { DAY_MS } from '../../time/clock.ts';
import type { Field } from '../fields/fields.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';
import type { Project } from '../organization/project.ts';
import { readDate } from '../work-items/read-date.ts';
import type { FieldValue } from '../work-items/work-item.ts';
import { type Operand, syntaxFailure } from './query.ts';
import type { Row } from './row.ts';
import { startOf } from './start-of.ts';

/** What macros stand for, and how exactly dates are compared. */
export interface QueryContext {
  readonly now: number;
  readonly me: AzureDevOpsPerson;
  readonly project: Project | undefined;
  /** The path of the team's iteration so many after the current one; the team by `[Project]\\Team`, or that of the request. */
  readonly iterationPath: (team: string, offset: number) => string;
  /** Without it a date must come without a time, and whole days are compared. */
  readonly timePrecision: boolean;
}

/** A value in the form in which two can be compared: numbers for dates too, lower case for texts. */
export type Comparable = string | number | boolean;

/** Prepares an operand for a field, once per query; the result gives its value for a row. */
export function operandValue(
  operand: Operand,
  field: Field,
  context: QueryContext,
): (row: Row) => Comparable | undefined {
  if (operand.kind === 'field') {
    return (row) => comparable(row.value(operand.field.referenceName), operand.field, context);
  }
  const value =
    operand.kind === 'macro' ? macroValue(operand, context) : literal(operand.value, field, context);
  return () => value;
}

/** A field's value, to compare; undefined if it is empty. */
export function comparable(
  value: FieldValue | undefined,
  { type }: Field,
  { timePrecision }: QueryContext,
): Comparable | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'object') return value.uniqueName.toLowerCase();
  if (type === 'dateTime' && typeof value === 'string') return moment(Date.parse(value), timePrecision);
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function literal(value: Comparable, field: Field, { timePrecision }: QueryContext): Comparable | undefined {
  if (value === '') return undefined;
  switch (field.type) {
    case 'integer':
    case 'double':
      return numberLiteral(value, field);
    case 'boolean':
      return String(value).toLowerCase() === 'true' || value === 1;
    case 'dateTime':
      return dateLiteral(String(value), field, timePrecision);
    default:
      return String(value).toLowerCase();
  }
}

function numberLiteral(value: Comparable, { name }: Field): number {
  const number = Number(value);
  if (Number.isNaN(number))
    throw syntaxFailure(`The value «${String(value)}» is no number, as the field ${name} needs.`);
  return number;
}

function dateLiteral(text: string, { name }: Field, timePrecision: boolean): number {
  const ms = readDate(text);
  if (ms === undefined) throw syntaxFailure(`The value «${text}» is no date, as the field ${name} needs.`);
  if (!timePrecision && ms % DAY_MS !== 0) {
    throw syntaxFailure('You cannot supply a time with the date when running a query using date precision.');
  }
  return ms;
}

function macroValue(
  { name, argument, offset }: Extract<Operand, { kind: 'macro' }>,
  { now, me, project, timePrecision, iterationPath }: QueryContext,
): Comparable {
  switch (name) {
    case 'currentiteration':
      return iterationPath(argument, offset).toLowerCase();
    case 'me':
      return me.uniqueName.toLowerCase();
    case 'today':
      return moment(now, false) + offset * DAY_MS;
    case 'startofday':
    case 'startofweek':
    case 'startofmonth':
    case 'startofyear':
      return startOf(name, now, argument === '' ? String(offset) : argument);
    case 'now':
      return moment(now, timePrecision);
    case 'project':
      if (!project) throw syntaxFailure('The macro @project needs a project in the path of the request.');
      return project.name.toLowerCase();
    default:
      throw syntaxFailure(`The macro @${name} is not known.`);
  }
}

function moment(ms: number, timePrecision: boolean): number {
  return timePrecision ? ms : Math.floor(ms / DAY_MS) * DAY_MS;
}
