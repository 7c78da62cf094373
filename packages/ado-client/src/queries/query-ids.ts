import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { type AdoCall, sendByLibrary } from '../wire.ts';

/** The most characters that a query can have (docs/facts/azure-devops.md#queries). */
const MAX_CHARACTERS = 32_000;

/** Where a query runs, and how it compares. */
export interface QueryContext {
  project: string | undefined;
  team: string | undefined;
  timePrecision: boolean | undefined;
}

/** Runs a query, and gives the ids of the items that it finds. */
export async function queryIds(
  call: AdoCall,
  { project, team, timePrecision }: QueryContext,
  text: string,
  top: number | undefined,
): Promise<number[]> {
  if (text.length > MAX_CHARACTERS) throw invalid('query', `is longer than ${MAX_CHARACTERS} characters`);
  const place = { ...(project !== undefined && { project }), ...(team !== undefined && { team }) };
  return idsIn(await sendByLibrary(call, 'workItems.query', [{ query: text }, place, timePrecision, top]));
}

/** A query of links is answered with pairs; roots have no source. Every item comes once, where it comes first. */
function idsIn(response: ServiceResponse): number[] {
  const { workItemRelations } = response.object<{ workItemRelations?: unknown }>();
  if (workItemRelations === undefined) {
    return response
      .member('workItems')
      .list<{ id: number }>({ id: 'number' })
      .map(({ id }) => id);
  }
  const links = response.member('workItemRelations').list<{ source?: unknown; target?: unknown }>();
  const ids = links.flatMap(({ source, target }) => [source, target].filter(isObject).map(({ id }) => id));
  return [...new Set(ids.filter((id) => typeof id === 'number'))];
}
