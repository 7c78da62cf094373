import type { Field } from '../fields/fields.ts';
import type { Organization } from '../organization/organization.ts';
import { findPerson } from '../organization/person.ts';
import { TYPE_CATEGORIES } from '../organization/type-categories.ts';
import { parseTags } from '../work-items/tags.ts';
import { type Comparable, comparable, operandValue, type QueryContext } from './operand-value.ts';
import { type Comparison, type Condition, type Operand, syntaxFailure, unknownPathFailure } from './query.ts';
import { type Row, rowOf } from './row.ts';

export type Predicate = (row: Row) => boolean;

/** Makes a function of a condition, so that values are read and checked once. */
export function compileCondition(
  condition: Condition,
  organization: Organization,
  context: QueryContext,
): Predicate {
  if (condition.kind === 'compare') return compileComparison(condition, organization, context);
  if (condition.kind === 'ever') {
    const part = compileCondition(condition.part, organization, context);
    return ({ item }) => item.revisions.some((revision) => part(rowOf(organization, item, revision)));
  }
  if (condition.kind === 'not') {
    const part = compileCondition(condition.part, organization, context);
    return (row) => !part(row);
  }
  const parts = condition.parts.map((part) => compileCondition(part, organization, context));
  return condition.kind === 'and'
    ? (row) => parts.every((part) => part(row))
    : (row) => parts.some((part) => part(row));
}

function compileComparison(
  { field, comparison, operands }: Extract<Condition, { kind: 'compare' }>,
  organization: Organization,
  context: QueryContext,
): Predicate {
  checkOperator(field, comparison);
  checkPaths(field, operands, organization);
  if (comparison === 'in group') {
    const names = membersOf(operands, field, organization);
    return (row) => names.has(String(comparable(row.value(field.referenceName), field, context)));
  }
  const values = operands.map((operand) =>
    operandValue(field.isIdentity ? signInName(operand, organization) : operand, field, context),
  );
  const read = (row: Row): Comparable | undefined =>
    comparable(row.value(field.referenceName), field, context);
  if (comparison === 'is empty') return (row) => read(row) === undefined;
  if (comparison === 'in') return (row) => values.some((value) => read(row) === value(row));
  const [value] = values;
  const compare = COMPARERS[comparison];
  return (row) => compare(read(row), value?.(row), field);
}

/** The types of a category, or the people of a team, in the form in which values are compared. */
function membersOf(
  [group]: readonly Operand[],
  { isIdentity }: Field,
  { projects }: Organization,
): ReadonlySet<string> {
  const text = group?.kind === 'literal' ? String(group.value).toLowerCase() : '';
  const category = TYPE_CATEGORIES.find(([id, name]) => [id, name].some((one) => one.toLowerCase() === text));
  const team = text.slice(text.lastIndexOf('\\') + 1);
  const people = projects
    .flatMap(({ teams }) => teams)
    .filter(({ name }) => name.toLowerCase() === team)
    .flatMap(({ members }) => members);
  const names = isIdentity ? people.map(({ uniqueName }) => uniqueName) : (category?.[2] ?? []);
  return new Set(names.map((name) => name.toLowerCase()));
}

/** Text operators are for texts, UNDER is for paths, groups are of people or types, and long texts know no `=`. */
function checkOperator({ name, type, isIdentity, referenceName }: Field, comparison: Comparison): void {
  const isLong = type === 'html' || type === 'history';
  const isText = isLong || type === 'string' || type === 'plainText';
  const fits =
    (comparison === 'under' && type === 'treePath') ||
    (comparison === 'in group' && (isIdentity || referenceName === 'System.WorkItemType')) ||
    (comparison.startsWith('contains') && isText) ||
    (!comparison.startsWith('contains') &&
      !['under', 'in group'].includes(comparison) &&
      (!isLong || comparison === 'is empty'));
  if (!fits)
    throw syntaxFailure(`The operator ${comparison.toUpperCase()} cannot be used with the field ${name}.`);
}

/** An area or iteration that no project has is refused: https://github.com/nkdAgility/azure-devops-migration-tools/issues/396 */
function checkPaths(
  { type, referenceName }: Field,
  operands: readonly Operand[],
  { projects }: Organization,
): void {
  if (type !== 'treePath') return;
  const structure = referenceName === 'System.AreaPath' ? 'area' : 'iteration';
  const all = projects.flatMap((project) => project[`${structure}s`].paths);
  const paths = new Set(all.map((path) => path.toLowerCase()));
  for (const operand of operands) {
    if (operand.kind !== 'literal' || operand.value === '') continue;
    const path = String(operand.value);
    if (!paths.has(path.toLowerCase())) throw unknownPathFailure(structure, path);
  }
}

/** People go by their display name, too. */
function signInName(operand: Operand, { people }: Organization): Operand {
  if (operand.kind !== 'literal' || operand.value === '') return operand;
  const person = findPerson(people, operand.value);
  return person ? { kind: 'literal', value: person.uniqueName } : operand;
}

type Comparer = (left: Comparable | undefined, right: Comparable | undefined, field: Field) => boolean;

/** An empty field differs from every value, and is neither before nor behind one. */
const COMPARERS: Readonly<Record<Exclude<Comparison, 'in' | 'in group' | 'is empty'>, Comparer>> = {
  '=': (left, right) => left === right,
  '<>': (left, right) => left !== right,
  '<': (left, right) => left !== undefined && right !== undefined && left < right,
  '>': (left, right) => left !== undefined && right !== undefined && left > right,
  '<=': (left, right) => left !== undefined && right !== undefined && left <= right,
  '>=': (left, right) => left !== undefined && right !== undefined && left >= right,
  contains: (left = '', right = '', { referenceName }) =>
    referenceName === 'System.Tags'
      ? parseTags(String(left)).includes(String(right))
      : String(left).includes(String(right)),
  'contains words': (left = '', right = '') =>
    String(right)
      .split(/\s+/)
      .every((word) =>
        String(left)
          .split(/[^\p{L}\p{N}]+/u)
          .includes(word),
      ),
  under: (left = '', right = '') => left === right || String(left).startsWith(`${String(right)}\\`),
};
