import type { AdoClient, WorkItem } from '@context-sdk/ado-client';
import {
  type CallOptions,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import { asText } from '../utils/text.ts';

/** Processes rarely change, so a project's states are read once per hour. */
const CACHE_MS = 3_600_000;

/** For each type of work item, the states that mean no work is left. */
type ClosedStates = ReadonlyMap<string, ReadonlySet<string>>;

interface CachedStates {
  readAt: number;
  states: Promise<ClosedStates>;
}

/** By client and project. */
const CACHE = new WeakMap<AdoClient, Map<string, CachedStates>>();

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

function closedStates(client: AdoClient, project: string, call: CallOptions): Promise<ClosedStates> {
  const byProject = CACHE.get(client) ?? new Map<string, CachedStates>();
  CACHE.set(client, byProject);
  const cached = byProject.get(project);
  if (cached !== undefined && performance.now() - cached.readAt < CACHE_MS) return cached.states;
  const states = readClosedStates(client, project, call);
  states.catch(() => byProject.delete(project));
  byProject.set(project, { readAt: performance.now(), states });
  return states;
}

async function readClosedStates(
  client: AdoClient,
  project: string,
  call: CallOptions,
): Promise<ClosedStates> {
  const types = await client.types.list({ ...call, project });
  return new Map(
    types.map(({ name, states }) => {
      const closed = (states ?? []).filter(
        ({ category }) => category === 'Completed' || category === 'Removed',
      );
      return [name, new Set(closed.map((state) => state.name))];
    }),
  );
}
