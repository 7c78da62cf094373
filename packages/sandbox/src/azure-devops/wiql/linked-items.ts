import type { JsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import { workItemUrl } from '../work-items/wire.ts';
import type { Relation } from '../work-items/work-item.ts';
import { compileCondition, type Predicate } from './compile-condition.ts';
import type { QueryContext } from './operand-value.ts';
import type { Condition, Query } from './query.ts';
import type { Row } from './row.ts';

type Side = 'source' | 'target' | 'link';

/** What each side of a link has to be. */
type Sides = Readonly<Record<Side, Predicate>>;

function sideOf(condition: Condition): Side {
  if (condition.kind === 'compare') return condition.field.side ?? 'link';
  if (condition.kind === 'not' || condition.kind === 'ever') return sideOf(condition.part);
  const [first] = condition.parts;
  return first ? sideOf(first) : 'link';
}

/** The parts of the WHERE clause, which AND joins, by the side that they are about. */
function partsOf(condition: Condition | undefined): readonly Condition[] {
  if (condition === undefined) return [];
  const isMixed = condition.kind === 'and' && new Set(condition.parts.flatMap(partsOf).map(sideOf)).size > 1;
  return isMixed && condition.kind === 'and' ? condition.parts.flatMap(partsOf) : [condition];
}

function compileSides(organization: Organization, query: Query, context: QueryContext): Sides {
  const parts = partsOf(query.where);
  const all = (side: Side): Predicate => {
    const own = parts
      .filter((part) => sideOf(part) === side)
      .map((part) => compileCondition(part, organization, context));
    return (row) => own.every((fits) => fits(row));
  };
  return { source: all('source'), target: all('target'), link: all('link') };
}

/** A link as a row, whose only field is its kind. */
function linkRow(item: Row['item'], { rel }: Relation): Row {
  return { item, value: (name) => (name === 'System.Links.LinkType' ? rel : undefined) };
}

/** Items and the items that they link to, as pairs; an item by itself has no source. */
export function linkedItems(
  organization: Organization,
  query: Query,
  context: QueryContext,
  rows: readonly Row[],
): readonly JsonObject[] {
  const sides = compileSides(organization, query, context);
  const mode = query.links?.mode ?? 'mustcontain';
  const byId = new Map(rows.map((row) => [row.item.id, row]));
  const reference = (id: number): JsonObject => ({ id, url: workItemUrl(organization, id) });
  const linksOf = ({ item }: Row): readonly { rel: string; row: Row }[] =>
    item.relations
      .filter((relation) => sides.link(linkRow(item, relation)))
      .flatMap(({ rel, target }) => {
        const row = target === undefined ? undefined : byId.get(target);
        return row && sides.target(row) ? [{ rel, row }] : [];
      });
  const pairsBelow = (row: Row, seen: ReadonlySet<number>): JsonObject[] =>
    linksOf(row).flatMap((link) => {
      const id = link.row.item.id;
      const pair = { rel: link.rel, source: reference(row.item.id), target: reference(id) };
      if (mode !== 'recursive' || seen.has(id)) return [pair];
      return [pair, ...pairsBelow(link.row, new Set([...seen, id]))];
    });
  const roots = rows
    .filter(sides.source)
    .map((row) => ({ row, pairs: pairsBelow(row, new Set([row.item.id])) }));
  // In a tree, what stands below another root is no root of its own.
  const below = new Set(roots.flatMap(({ pairs }) => pairs.map(({ target }) => JSON.stringify(target))));
  const isRoot = ({ row }: (typeof roots)[number]): boolean =>
    mode !== 'recursive' || !below.has(JSON.stringify(reference(row.item.id)));
  return roots.filter(isRoot).flatMap(({ row, pairs }) => {
    const isShown =
      (mode === 'mustcontain' && pairs.length > 0) ||
      (mode === 'doesnotcontain' && pairs.length === 0) ||
      mode === 'maycontain' ||
      mode === 'recursive';
    return isShown ? [{ rel: null, source: null, target: reference(row.item.id) }, ...pairs] : [];
  });
}
