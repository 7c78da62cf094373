import type { AdoClient, Wiql, WorkItem } from '@context-sdk/ado-client';
import {
  type CallOptions,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import { chunksOf, isObject } from '@context-sdk/oauth-core/client-kit';
import { flightKey, SharedFlights } from '../utils/shared-flights.ts';
import { asText } from '../utils/text.ts';

/** Processes rarely change, so a project's states are read once per hour. */
const CACHE_MS = 3_600_000;

const CLOSED: ReadonlySet<unknown> = new Set(['Completed', 'Removed']);

/** For each type of work item, the states that mean no work is left. */
type ClosedStates = ReadonlyMap<string, ReadonlySet<string>>;

/** What is known through one client, and what is being read, by project. */
class ProjectStates {
  readonly known = new Map<string, { readAt: number; states: ClosedStates }>();
  readonly flights = new SharedFlights<ClosedStates>();
}

const CACHE = new WeakMap<AdoClient, ProjectStates>();

/** Closed states of most processes: a query leaves them out early. The categories of the states decide later. */
export const USUAL_CLOSED_STATES: readonly string[] = ['Closed', 'Done', 'Completed', 'Removed'];

/** Items that are searched for open ones. */
const MAX_SEARCHED = 2_000;

/** The first open items that a query finds: those that are closed in states that it doesn't know take no other's place. */
export async function firstOpenWorkItems(
  client: AdoClient,
  query: Wiql,
  maxItems: number,
  call: CallOptions,
): Promise<WorkItem[]> {
  const ids = await client.workItems
    .query(query, { ...call, top: MAX_SEARCHED })
    .ids()
    .toArray();
  const open: WorkItem[] = [];
  for (const chunk of chunksOf(ids, maxItems)) {
    const { items } = await client.workItems.getMany(chunk, call);
    open.push(...(await openWorkItems(client, items, call)));
    if (open.length >= maxItems) break;
  }
  return open.slice(0, maxItems);
}

/** The items that are open. Processes name their states freely, so the category of a state decides. */
export async function openWorkItems(
  client: AdoClient,
  items: readonly WorkItem[],
  call: CallOptions,
): Promise<WorkItem[]> {
  const projects = new Set(items.map(projectOf).filter(Boolean));
  const statesByProject = new Map(
    await Promise.all(
      [...projects].map(
        async (project) => [project, await ofProject(closedStates(client, project, call))] as const,
      ),
    ),
  );
  return items.filter((item) => {
    const { 'System.WorkItemType': type = '', 'System.State': state = '' } = item.fields;
    return !statesByProject.get(projectOf(item))?.get(type)?.has(state);
  });
}

/** The name of an item's project, if it tells one. */
export function projectOf({ fields }: WorkItem): string {
  return asText(fields['System.TeamProject']);
}

/** What can be told of a project: nothing if it is gone, hidden from the user or answered with nonsense, which must not hide other projects. */
export async function ofProject<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const isOfProject =
      error instanceof NotFoundError ||
      error instanceof PermissionError ||
      error instanceof InvalidRequestError ||
      error instanceof UnexpectedResponseError;
    if (isOfProject) return undefined;
    throw error;
  }
}

async function closedStates(client: AdoClient, project: string, call: CallOptions): Promise<ClosedStates> {
  const states = CACHE.get(client) ?? new ProjectStates();
  CACHE.set(client, states);
  const { known, flights } = states;
  const cached = known.get(project);
  if (cached !== undefined && performance.now() - cached.readAt < CACHE_MS) return cached.states;
  return await flights.join(flightKey(call, project), call.signal, async (signal) => {
    const read = await readClosedStates(client, project, { ...call, signal });
    known.set(project, { readAt: performance.now(), states: read });
    return read;
  });
}

async function readClosedStates(
  client: AdoClient,
  project: string,
  call: CallOptions,
): Promise<ClosedStates> {
  const types = await client.types.list({ ...call, project });
  return new Map(
    types.map(({ name, states }) => {
      const listed: readonly unknown[] = Array.isArray(states) ? states : [];
      const closed = listed.filter(isObject).filter(({ category }) => CLOSED.has(category));
      return [name, new Set(closed.map((state) => asText(state['name'])))];
    }),
  );
}
