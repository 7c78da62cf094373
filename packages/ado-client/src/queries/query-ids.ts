import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { MAX_ID } from '../input.ts';
import type { AdoCall } from '../wire.ts';
import type { IdPage } from './id-pages.ts';

/** The most characters that a query can have (docs/facts/azure-devops.md#queries). */
export const MAX_CHARACTERS = 32_000;

/** Where a query runs, and how it compares. */
export interface QueryContext {
  project: string | undefined;
  team: string | undefined;
  timePrecision: boolean | undefined;
}

/** A link that a query found: an item by itself has no source. */
export interface QueryLink {
  rel?: string;
  source?: number;
  target: number;
}

async function run(
  call: AdoCall,
  { project, team, timePrecision }: QueryContext,
  text: string,
  top: number | undefined,
): Promise<ServiceResponse> {
  if (text.length > MAX_CHARACTERS) throw invalid('query', `is longer than ${MAX_CHARACTERS} characters`);
  return await call.send('workItems.query', {
    params: { project, team },
    query: { timePrecision, $top: top },
    json: { query: text },
  });
}

/** Runs a query of links, and gives its pairs in its order. Throws {@link InvalidRequestError} for a flat query. */
export async function queryLinks(
  call: AdoCall,
  context: QueryContext,
  text: string,
  top: number | undefined,
): Promise<QueryLink[]> {
  const response = await run(call, context, text, top);
  if (response.object<{ workItemRelations?: unknown }>().workItemRelations === undefined) {
    throw invalid('query', 'is not one of links: it has to be FROM WorkItemLinks');
  }
  const relations = response.member('workItemRelations');
  const { value } = relations;
  if (!Array.isArray(value)) return relations.list();
  return value.flatMap((row: unknown, index) => {
    const link = isObject(row) ? linkIn(row) : undefined;
    if (link === undefined) relations.skip(index);
    return link ?? [];
  });
}

/** Roots have no source. A link with one that can't be read is none, rather than a root. */
function linkIn({ rel, source, target }: Row): QueryLink | undefined {
  const [from, to] = [idIn(source), idIn(target)];
  const isRoot = source === undefined || source === null;
  if (to === undefined || (from === undefined && !isRoot)) return undefined;
  const named = typeof rel === 'string' && rel !== '' ? { rel } : {};
  return { ...named, ...(from !== undefined && { source: from }), target: to };
}

/** Runs a query, and gives the ids of the items that it finds. */
export async function queryIds(
  call: AdoCall,
  context: QueryContext,
  text: string,
  top: number | undefined,
): Promise<IdPage> {
  return idsIn(await run(call, context, text, top));
}

function idIn(item: unknown): number | undefined {
  return isObject(item) && isItemId(item['id']) ? item['id'] : undefined;
}

/** Whether an item can be requested by it. For any other id, Azure DevOps refuses the whole request. */
function isItemId(id: unknown): id is number {
  return Number.isInteger(id) && Number(id) > 0 && Number(id) <= MAX_ID;
}

/** A query of links is answered with pairs; roots have no source. Every item comes once, where it comes first. */
function idsIn(response: ServiceResponse): IdPage {
  const { workItemRelations } = response.object<{ workItemRelations?: unknown }>();
  if (workItemRelations === undefined) {
    const list = response.member('workItems');
    const ids = idsOfRows(list, (row) => [row]);
    return { ids, rows: Array.isArray(list.value) ? list.value.length : 0 };
  }
  const ends = ({ source, target }: Row): unknown[] => [source, target].filter((end) => end !== null);
  const ids = [...new Set(idsOfRows(response.member('workItemRelations'), ends))];
  return { ids, rows: ids.length };
}

type Row = Record<string, unknown>;

/** The ids of the items in each row. A row of which one can't be read is reported. */
function idsOfRows(rows: ServiceResponse, itemsIn: (row: Row) => readonly unknown[]): number[] {
  const { value } = rows;
  if (!Array.isArray(value)) return rows.list();
  return value.flatMap((row: unknown, index) => {
    const items = isObject(row) ? itemsIn(row).filter((item) => item !== undefined) : [];
    const ids = items.flatMap((item) => idIn(item) ?? []);
    if (ids.length === 0 || ids.length < items.length) rows.skip(index);
    return ids;
  });
}
