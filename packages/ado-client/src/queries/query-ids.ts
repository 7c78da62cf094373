import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { AdoCall } from '../wire.ts';

/** The most characters that a query can have (docs/facts/azure-devops.md#queries). */
const MAX_CHARACTERS = 32_000;

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
  const links = response
    .member('workItemRelations')
    .list<{ rel?: string | null; source?: unknown; target?: unknown }>();
  return links.flatMap(({ rel, source, target }) => {
    const [from, to] = [source, target].map((end) =>
      isObject(end) && isItemId(end['id']) ? end['id'] : undefined,
    );
    if (to === undefined) return [];
    return [{ ...(rel && { rel }), ...(from !== undefined && { source: from }), target: to }];
  });
}

/** Runs a query, and gives the ids of the items that it finds. */
export async function queryIds(
  call: AdoCall,
  context: QueryContext,
  text: string,
  top: number | undefined,
): Promise<number[]> {
  return idsIn(await run(call, context, text, top));
}

/** Whether an item can be requested by it. For any other id, Azure DevOps refuses the whole request. */
function isItemId(id: unknown): id is number {
  return Number.isInteger(id) && Number(id) > 0 && Number(id) < 2 ** 31;
}

/** A query of links is answered with pairs; roots have no source. Every item comes once, where it comes first. */
function idsIn(response: ServiceResponse): number[] {
  const { workItemRelations } = response.object<{ workItemRelations?: unknown }>();
  if (workItemRelations === undefined) {
    return response
      .member('workItems')
      .list<{ id: number }>({ id: 'number' })
      .map(({ id }) => id)
      .filter(isItemId);
  }
  const links = response.member('workItemRelations').list<{ source?: unknown; target?: unknown }>();
  const ids = links.flatMap(({ source, target }) => [source, target].filter(isObject).map(({ id }) => id));
  return [...new Set(ids.filter(isItemId))];
}
