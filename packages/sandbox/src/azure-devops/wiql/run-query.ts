import type { JsonObject } from '../../json.ts';
import { revisionAt } from '../api/read-view.ts';
import type { Field } from '../fields/fields.ts';
import type { Organization } from '../organization/organization.ts';
import { wireDate, workItemUrl } from '../work-items/wire.ts';
import { compileCondition } from './compile-condition.ts';
import { linkedItems } from './linked-items.ts';
import { comparable, type QueryContext } from './operand-value.ts';
import { type Query, tooManyResults } from './query.ts';
import { type Row, rowOf } from './row.ts';

/** Answers with ids, or with pairs of them: the first `top`, which only helps up to the limit, or all that are not more than it. */
export function runQuery(
  organization: Organization,
  query: Query,
  context: QueryContext,
  { top, limit }: { top: number | undefined; limit: number },
): JsonObject {
  const rows = rowsOf(organization, query.asOf);
  const head = headOf(organization, query, context);
  if (query.links) {
    const relations = linkedItems(organization, query, context, sortRows(rows, query.orderBy, context));
    if (relations.length > limit && (top ?? relations.length) > limit) throw tooManyResults(limit);
    const queryType = query.links.mode === 'recursive' ? 'tree' : 'oneHop';
    return {
      queryType,
      queryResultType: 'workItemLink',
      ...head,
      workItemRelations: relations.slice(0, top),
    };
  }
  const fits = query.where ? compileCondition(query.where, organization, context) : () => true;
  const found = rows.filter(fits);
  if (found.length > limit && (top ?? found.length) > limit) throw tooManyResults(limit);
  const sorted = sortRows(found, query.orderBy, context).slice(0, top);
  const workItems = sorted.map(({ item: { id } }) => ({ id, url: workItemUrl(organization, id) }));
  return { queryType: 'flat', queryResultType: 'workItem', ...head, workItems };
}

/** Every item, as it was then; one that did not exist yet is left out. */
function rowsOf(organization: Organization, asOf: number | undefined): readonly Row[] {
  const items = [...organization.items.values()].filter(({ deletion }) => !deletion);
  if (asOf === undefined) return items.map((item) => rowOf(organization, item));
  return items.flatMap((item) => {
    const revision = revisionAt(item, asOf);
    return revision ? [rowOf(organization, item, revision)] : [];
  });
}

function headOf(organization: Organization, query: Query, context: QueryContext): JsonObject {
  return {
    asOf: wireDate(query.asOf ?? context.now),
    columns: query.columns.map((field) => columnOf(organization, field)),
    ...(query.orderBy.length > 0 && {
      sortColumns: query.orderBy.map(({ field, descending }) => ({
        field: columnOf(organization, field),
        descending,
      })),
    }),
  };
}

/** Empty values come first, and equal ones are sorted by id. Times are sorted as times, however conditions compare them. */
function sortRows(rows: readonly Row[], orderBy: Query['orderBy'], given: QueryContext): readonly Row[] {
  const context = { ...given, timePrecision: true };
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
