import type { AdoClient, WorkItem } from '@context-sdk/ado-client';
import type { CallOptions } from '@context-sdk/oauth-core';

const HOUR_MS = 3_600_000;

/** By project, the states of each type that mean that there is nothing left to do. */
type EndStates = ReadonlyMap<string, ReadonlySet<string>>;

/** Processes change rarely: a request per project and hour. */
const known = new WeakMap<AdoClient, Map<string, { readAt: number; states: Promise<EndStates> }>>();

async function readEndStates(client: AdoClient, project: string, call: CallOptions): Promise<EndStates> {
  const types = await client.types.list({ ...call, project });
  return new Map(
    types.map(({ name, states = [] }) => {
      const ended = states.filter(({ category }) => category === 'Completed' || category === 'Removed');
      return [name, new Set(ended.map((state) => state.name))];
    }),
  );
}

function endStates(client: AdoClient, project: string, call: CallOptions): Promise<EndStates> {
  const ofClient = known.get(client) ?? new Map<string, { readAt: number; states: Promise<EndStates> }>();
  known.set(client, ofClient);
  const read = ofClient.get(project);
  if (read !== undefined && performance.now() - read.readAt < HOUR_MS) return read.states;
  const states = readEndStates(client, project, call);
  states.catch(() => ofClient.delete(project));
  ofClient.set(project, { readAt: performance.now(), states });
  return states;
}

/** Tells of items whether they are open, by their states' categories: the states' names are the process's own. */
export async function isOpen(
  client: AdoClient,
  items: readonly WorkItem[],
  call: CallOptions,
): Promise<(item: WorkItem) => boolean> {
  const projects = [...new Set(items.map(({ fields }) => fields['System.TeamProject'] ?? ''))].filter(
    Boolean,
  );
  const byProject = new Map(
    await Promise.all(
      projects.map(async (project) => [project, await endStates(client, project, call)] as const),
    ),
  );
  return ({ fields }) => {
    const {
      'System.TeamProject': project = '',
      'System.WorkItemType': type = '',
      'System.State': state = '',
    } = fields;
    return !byProject.get(project)?.get(type)?.has(state);
  };
}
