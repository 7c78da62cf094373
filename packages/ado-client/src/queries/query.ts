import type { CallOptions } from '@context-sdk/oauth-core';
import {
  chunksOf,
  type Listing,
  listing,
  mapAhead,
  type OwnOptions,
  tellListener,
} from '@context-sdk/oauth-core/client-kit';
import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { invalid, SERVICE } from '../errors.ts';
import { checkedId, checkedName } from '../input.ts';
import { checkedRead, type FieldSelection } from '../model/options.ts';
import type { WorkItem } from '../model/work-item.ts';
import { getBatch, MAX_IN_BATCH } from '../requests/work-item-requests.ts';
import type { AdoCall, AdoContext } from '../wire.ts';
import { idPages, isTooLarge, type RunQuery } from './id-pages.ts';
import { MAX_CHARACTERS, queryIds, type QueryLink, queryLinks } from './query-ids.ts';
import { type WiqlParts, wiqlParts } from './wiql-parts.ts';
import { Wiql } from './wiql.ts';

/** What queries take besides the options of every call. */
export type QueryOptions = CallOptions &
  FieldSelection & {
    /** What `@project` means; by default the client's project. */
    project?: string | undefined;
    /** What team macros such as `@CurrentIteration` mean. */
    team?: string | undefined;
    /** The first so many results only. */
    top?: number | undefined;
    /** Compares times to the millisecond instead of the day; Default: whether a time stands in the query, as a `Date` or as text. */
    timePrecision?: boolean | undefined;
    /** Called for every item that is left out. What it throws is ignored. */
    onSkipped?: ((skipped: SkippedWorkItem) => void) | undefined;
  };

/** An item that a query can't return: it came without its id, revision or fields. */
export interface SkippedWorkItem {
  reason: 'unreadable';
  item: unknown;
}

const OPTIONS: OwnOptions<QueryOptions> = {
  fields: 'list',
  expand: 'string',
  project: 'string',
  team: 'string',
  top: 'number',
  timePrecision: 'boolean',
  onSkipped: 'function',
};

/** What a query finds: `for await` over the items, or take their ids, or their number alone. */
export interface QueryListing<T> extends Listing<T> {
  /** What the last iteration over the items has left out so far. */
  readonly skipped: readonly SkippedWorkItem[];
  /** Of a query of links, its pairs: of a tree each item below the one above it. Throws {@link InvalidRequestError} for others. */
  links(): Listing<QueryLink>;
  /** The ids, without reading the items. */
  ids(): Listing<number>;
  /** How many there are, without reading the items. */
  count(): Promise<number>;
}

/** The most characters that asking for a part adds to a query. */
const MAX_OF_PART = 100;

/** Requests for items that are on their way at the same time. */
const AHEAD = 2;

function isOrderedById({ orderBy }: WiqlParts): boolean {
  return orderBy === undefined || /^\[?(system\.id|id)\]?(\s+(asc|desc))?$/i.test(orderBy);
}

async function allAtOnce(run: RunQuery, text: string, top: number | undefined): Promise<number[]> {
  try {
    return (await run(text, top)).ids;
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    throw new InvalidRequestError(
      'The query finds more than 20,000 items, and can only be asked for in parts without an ORDER BY of its own.',
      { service: SERVICE, status: 400, serviceCode: 'VS402337', field: 'query' },
    );
  }
}

async function* pagesOf(run: RunQuery, { text }: Wiql, top: number | undefined): AsyncGenerator<number[]> {
  const parts = wiqlParts(text);
  const isWhole = parts.isOfLinks || !isOrderedById(parts) || text.length > MAX_CHARACTERS - MAX_OF_PART;
  if (isWhole) yield await allAtOnce(run, text, top);
  else yield* idPages(run, parts, top);
}

/** One generator for all items, and no `yield*`: each of them costs every item several promises. */
async function* each<T>(batches: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const batch of batches) for (const item of batch) yield item;
}

async function* batchesOf<T>(
  pages: AsyncIterable<number[]>,
  get: (ids: number[]) => Promise<T[]>,
): AsyncGenerator<T[]> {
  for await (const page of pages) yield* mapAhead(chunksOf(page, MAX_IN_BATCH), AHEAD, get);
}

export function query(
  { service, project: ofClient }: AdoContext,
  wiql: Wiql,
  options?: QueryOptions,
): QueryListing<WorkItem> {
  if (!(wiql instanceof Wiql)) throw invalid('query', 'is not made with wiql`…`');
  const { project = ofClient, team, top, timePrecision = wiql.hasTimes || undefined } = options ?? {};
  if (project !== undefined) checkedName(project, 'project');
  if (team !== undefined) checkedName(team, 'team');
  if (team !== undefined && project === undefined) throw invalid('project', 'is needed with a team');
  if (top !== undefined) checkedId(top, 'top');
  const read = checkedRead({ fields: options?.fields, expand: options?.expand } as FieldSelection);
  const place = { project, team, timePrecision };
  const pages = (call: AdoCall): AsyncGenerator<number[]> =>
    pagesOf((text, limit) => queryIds(call, place, text, limit), wiql, top);
  const skipped: SkippedWorkItem[] = [];
  const skip = (item: unknown): void => {
    const entry = { reason: 'unreadable', item } as const;
    skipped.push(entry);
    tellListener(options?.onSkipped, entry);
  };
  return {
    ...listing(() => {
      const call = service.call(options, OPTIONS);
      skipped.length = 0;
      return each(batchesOf(pages(call), (ids) => getBatch(call, ids, read, skip)));
    }),
    skipped,
    links: () =>
      listing(async function* () {
        yield* await queryLinks(service.call(options, OPTIONS), place, wiql.text, top);
      }),
    ids: () => listing(() => each(pages(service.call(options, OPTIONS)))),
    async count() {
      let count = 0;
      for await (const page of pages(service.call(options, OPTIONS))) count += page.length;
      return count;
    },
  };
}
