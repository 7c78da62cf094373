import type { CallOptions } from '@context-sdk/oauth-core';
import { isObject } from '../input/checked-object.ts';
import { invalid } from '../input/invalid.ts';
import type { Answer } from '../requests/answer.ts';
import type { Transport } from '../requests/transport.ts';

/** The most characters that a query can have (docs/facts/azure-devops.md#queries). */
const MOST_CHARACTERS = 32_000;

/** Where and how a query is asked. */
export interface Asking {
  transport: Transport;
  project: string | undefined;
  team: string | undefined;
  timePrecision: boolean | undefined;
  options: CallOptions | undefined;
}

/** Asks a query, and gives the ids of the items that it finds. */
export async function askForIds(asking: Asking, text: string, top: number | undefined): Promise<number[]> {
  if (text.length > MOST_CHARACTERS) throw invalid('query', `is longer than ${MOST_CHARACTERS} characters`);
  const { transport, project, team, timePrecision, options } = asking;
  const context = { ...(project !== undefined && { project }), ...(team !== undefined && { team }) };
  const answer = await transport.send({ name: 'workItems.query', safety: 'safe' }, options, (api) =>
    api.queryByWiql({ query: text }, context, timePrecision, top),
  );
  return idsIn(answer);
}

/** A query of links answers pairs; roots have no source. Every item comes once, where it comes first. */
function idsIn(answer: Answer): number[] {
  const { workItemRelations } = answer.object<{ workItemRelations?: unknown }>();
  if (workItemRelations === undefined) {
    return answer.member<{ id: number }>('workItems', { id: 'number' }).map(({ id }) => id);
  }
  const links = answer.member<{ source?: unknown; target?: unknown }>('workItemRelations');
  const ids = links.flatMap(({ source, target }) => [source, target].filter(isObject).map(({ id }) => id));
  return [...new Set(ids.filter((id) => typeof id === 'number'))];
}
