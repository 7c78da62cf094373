import {
  type CallOptions,
  InvalidRequestError,
  type Listing,
  listing,
  oneDeadline,
} from '@context-sdk/oauth-core';
import { checkedId } from '../input/checked-id.ts';
import { checkedName } from '../input/checked-name.ts';
import { invalid } from '../input/invalid.ts';
import { mapAhead } from '../requests/map-ahead.ts';
import { checkedRead, type WireRead } from '../work-items/checked-reads.ts';
import { chunksOf } from '../work-items/get-many.ts';
import type { Selection } from '../work-items/options.ts';
import type { WorkItemRoutes } from '../work-items/work-item-routes.ts';
import type { WorkItem } from '../work-items/work-item.ts';
import { askForIds } from './ask.ts';
import { type Ask, idPages, isTooLarge } from './id-pages.ts';
import { Wiql } from './wiql.ts';
import { type WiqlParts, wiqlParts } from './wiql-parts.ts';

/** What queries take besides the options of every call. */
export type QueryOptions = CallOptions &
  Selection & {
    /** What `@project` means; the client's own unless given. */
    project?: string | undefined;
    /** What team macros such as `@CurrentIteration` mean. */
    team?: string | undefined;
    /** The first so many results only. */
    top?: number | undefined;
    /** Compares times to the millisecond instead of the day; so it is where a `Date` stands in the query. */
    timePrecision?: boolean | undefined;
  };

/** What a query finds: `for await` over the items, or take their ids, or their number alone. */
export interface QueryListing<T> extends Listing<T> {
  /** The ids, without reading the items. */
  ids(): Listing<number>;
  /** How many there are, without reading the items. */
  count(): Promise<number>;
}

/** Requests for items that are on their way at the same time. */
const AHEAD = 2;

function isOrderedById({ orderBy }: WiqlParts): boolean {
  return orderBy === undefined || /^\[?(system\.id|id)\]?(\s+(asc|desc))?$/i.test(orderBy);
}

async function allAtOnce(ask: Ask, text: string, top: number | undefined): Promise<number[]> {
  try {
    return await ask(text, top);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    throw new InvalidRequestError(
      'The query finds more than 20,000 items, and can only be asked for in parts without an ORDER BY of its own.',
      { service: 'azure-devops', status: 400, serviceCode: 'VS402337', field: 'query' },
    );
  }
}

async function* pagesOf(ask: Ask, { text }: Wiql, top: number | undefined): AsyncGenerator<number[]> {
  const parts = wiqlParts(text);
  if (parts.isOfLinks || !isOrderedById(parts)) yield await allAtOnce(ask, text, top);
  else yield* idPages(ask, parts, top);
}

async function* each<T>(pages: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const page of pages) yield* page;
}

async function* itemsOf(
  pages: AsyncIterable<number[]>,
  get: (ids: number[]) => Promise<WorkItem[]>,
): AsyncGenerator<WorkItem> {
  for await (const page of pages) yield* each(mapAhead(chunksOf(page), AHEAD, get));
}

export function query(
  routes: WorkItemRoutes,
  ofClient: string | undefined,
  wiql: Wiql,
  given: QueryOptions = {},
): QueryListing<WorkItem> {
  if (!(wiql instanceof Wiql)) throw invalid('query', 'is not made with wiql`…`');
  const { project = ofClient, team, top, timePrecision = wiql.hasTimes || undefined } = given;
  if (project !== undefined) checkedName(project, 'project');
  if (team !== undefined) checkedName(team, 'team');
  if (team !== undefined && project === undefined) throw invalid('project', 'is needed with a team');
  if (top !== undefined) checkedId(top, 'top');
  const read: WireRead = checkedRead({ fields: given.fields, expand: given.expand } as Selection);
  const pages = (options: CallOptions | undefined): AsyncGenerator<number[]> => {
    const asking = { transport: routes.transport, project, team, timePrecision, options };
    return pagesOf((text, most) => askForIds(asking, text, most), wiql, top);
  };
  const call = (): CallOptions | undefined => oneDeadline<CallOptions>(given, 'azure-devops');
  return {
    ...listing(() => {
      const options = call();
      return itemsOf(pages(options), (ids) => routes.batch('workItems.query', ids, read, options));
    }),
    ids: () => listing(() => each(pages(call()))),
    async count() {
      let count = 0;
      for await (const page of pages(call())) count += page.length;
      return count;
    },
  };
}
