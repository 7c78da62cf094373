import type { JsonObject } from '../../json.ts';
import type { Field } from '../fields/fields.ts';
import type { Organization } from '../organization/organization.ts';
import { wireDate, workItemUrl } from '../work-items/wire.ts';
import { compileCondition } from './compile-condition.ts';
import { comparable, type QueryContext } from './operand-value.ts';
import { type Query, tooManyResults } from './query.ts';
import { type Row, rowOf } from './row.ts';

/** Answers a flat query with ids: the first `top`, which only helps up to the limit, or all that are not more than it. */
export function runQuery(
  organization: Organization,
  query: Query,
  context: QueryContext,
  { top, limit }: { top: number | undefined; limit: number },
): JsonObject {
  const fits = query.where ? compileCondition(query.where, organization, context) : () => true;
  const rows = [...organization.items.values()]
    .filter(({ deletion }) => !deletion)
    .map((item) => rowOf(organization, item))
    .filter(fits);
  if (rows.length > limit && (top ?? rows.length) > limit) throw tooManyResults(limit);
  const sorted = sortRows(rows, query.orderBy, context).slice(0, top);
  return {
    queryType: 'flat',
    queryResultType: 'workItem',
    asOf: wireDate(context.now),
    columns: query.columns.map((field) => columnOf(organization, field)),
    ...(query.orderBy.length > 0 && {
      sortColumns: query.orderBy.map(({ field, descending }) => ({
        field: columnOf(organization, field),
        descending,
      })),
    }),
    workItems: sorted.map(({ item: { id } }) => ({ id, url: workItemUrl(organization, id) })),
  };
}

/** Empty values come first, and equal ones are sorted by id. */
function sortRows(rows: readonly Row[], orderBy: Query['orderBy'], context: QueryContext): readonly Row[] {
  const keys = new Map(
    rows.map((row) => [
      row,
      orderBy.map(({ field }) => comparable(row.value(field.referenceName), field, context)),
    ]),
  );
  return rows.toSorted((left, right) => {
    for (const [index, { descending }] of orderBy.entries()) {
      const order = compare(keys.get(left)?.[index], keys.get(right)?.[index]);
      if (order !== 0) return descending ? -order : order;
    }
    return left.item.id - right.item.id;
  });
}

function compare(
  left: string | number | boolean | undefined,
  right: string | number | boolean | undefined,
): number {
  if (left === right) return 0;
  if (left === undefined) return -1;
  if (right === undefined) return 1;
  return left < right ? -1 : 1;
}

function columnOf({ url }: Organization, { referenceName, name }: Field): JsonObject {
  return { referenceName, name, url: `${url}/_apis/wit/fields/${referenceName}` };
}
