import { type CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import {
  checkedCallOptions,
  checkedTimeZone,
  type OwnOptions,
  raceAbort,
} from '@context-sdk/oauth-core/client-kit';
import { UserClients } from '../connections/user-clients.ts';
import type { ProviderId } from '../options/provider-id.ts';
import type { Providers } from '../options/provider-options.ts';
import { checkedRange, invalidInput } from '../utils/input-checks.ts';
import type { AgendaWindow } from './agenda-window.ts';
import type { Agenda, AgendaQuery, AgendaSource } from './agenda.ts';
import { readEvents } from './read-events.ts';
import { readTasks } from './read-tasks.ts';
import { compareItems, timeline } from './timeline.ts';

const OPTIONS: OwnOptions<AgendaQuery> = {
  from: 'string|object',
  to: 'string|object',
  timeZone: 'string',
  calendarIds: 'list',
  useSprintEnd: 'boolean',
  freshness: { ms: 'number' },
};

/** Reads the services side by side. If one fails, or is not done by the deadline, the rest is returned with its error. */
export async function readAgenda(
  providers: Providers,
  clients: UserClients,
  query: AgendaQuery,
): Promise<Agenda> {
  const call: CallOptions = checkedCallOptions(query, 'context', OPTIONS);
  const { from, to } = checkedRange(query);
  const { region } = providers.ticktick ?? {};
  const freshness = query.freshness ?? undefined;
  if (freshness !== undefined && !(freshness.ms > 0)) throw invalidInput('freshness.ms', 'must be above 0');
  const timeZone = checkedTimeZone(query.timeZone, 'timeZone', invalidInput);
  const window: AgendaWindow = {
    from,
    to,
    timeZone,
    call,
    signal: query.signal ?? undefined,
    region,
    useSprintEnd: query.useSprintEnd === true,
  };
  const errors: Agenda['errors'] = {};

  const collect = async <T>(source: AgendaSource, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      window.signal?.throwIfAborted();
      if (!(error instanceof ContextSdkError)) throw error;
      errors[source] = error;
      return undefined;
    }
  };
  const [tasks, events, workItems] = await Promise.all([
    providers.ticktick && collect('ticktick', () => readTasks(clients, window, freshness)),
    providers.google &&
      collect('google-calendar', async () =>
        readEvents(clients.calendar, await pinned(window, clients, 'google'), query.calendarIds),
      ),
    providers.azureDevOps &&
      collect('azure-devops', async () => {
        const client = await raceAbort(clients.azureDevOps(), call.signal);
        const { readWorkItems } = await import('./read-work-items.ts');
        return await readWorkItems(client, await pinned(window, clients, 'azure-devops'));
      }),
  ]);
  const items = timeline({
    tasks,
    events: events?.events ?? [],
    othersBlocks: events?.othersBlocks ?? new Set(),
    workItems: workItems?.dated ?? [],
    region,
  });
  const told = new Set(
    items.flatMap((item) => (item.kind === 'task' && item.occurrence === undefined ? [item.task.id] : [])),
  );
  const lateTasks = (tasks?.overdue ?? []).filter(({ task }) => !told.has(task.id));
  return {
    items,
    overdue: [...lateTasks, ...(workItems?.overdue ?? [])].toSorted(compareItems),
    undatedTasks: (tasks?.undated ?? []).filter(({ id }) => !told.has(id)),
    undated: workItems?.undated ?? [],
    errors,
    skippedTasks: tasks?.skipped ?? [],
    calendarErrors: events?.errors ?? {},
  };
}

/** Pins all requests to a provider to one grant: if the account changes, none of its items are returned. */
async function pinned(
  window: AgendaWindow,
  clients: UserClients,
  provider: ProviderId,
): Promise<AgendaWindow> {
  const { call } = window;
  const grantId = call.grantId ?? (await UserClients.grantIdAt(clients, provider, call.signal));
  return { ...window, call: { ...call, grantId } };
}
