import { type CallOptions, ContextSdkError, oneDeadline, raceAbort } from '@context-sdk/oauth-core';
import { checkedRange, checkedTimeZone } from '../utils/checked-range.ts';
import type { Providers } from '../options/provider-options.ts';
import type { Services } from '../users/services.ts';
import type { Agenda, AgendaItem, AgendaQuery, AgendaSource } from './agenda.ts';
import { eventsIn } from './events-in.ts';
import { joinBlocks } from './join-blocks.ts';
import { inOrder } from './in-order.ts';
import { tasksIn } from './tasks-in.ts';
import { workItemsIn } from './work-items-in.ts';
import type { Window } from './window.ts';

/** Reads the services side by side; one that fails is missing, and its error says why. */
export async function readAgenda(
  providers: Providers,
  services: Services,
  query: AgendaQuery,
): Promise<Agenda> {
  const { from, to } = checkedRange(query);
  const call: CallOptions = oneDeadline<CallOptions>(query, 'context') ?? {};
  const { region } = providers.ticktick ?? {};
  const window: Window = { from, to, timeZone: checkedTimeZone(query.timeZone), call, region };
  const errors: Agenda['errors'] = {};

  const read = async <T>(
    source: AgendaSource,
    isConfigured: boolean,
    work: () => Promise<T>,
  ): Promise<T | undefined> => {
    if (!isConfigured) return undefined;
    try {
      return await work();
    } catch (error) {
      call.signal?.throwIfAborted();
      if (!(error instanceof ContextSdkError)) throw error;
      errors[source] = error;
      return undefined;
    }
  };
  const [tasks, events, workItems] = await Promise.all([
    read('ticktick', providers.ticktick !== undefined, () => tasksIn(services.ticktick, window)),
    read('google-calendar', providers.google !== undefined, () =>
      eventsIn(services.calendar, window, query.calendarIds),
    ),
    read('azure-devops', providers.azureDevOps !== undefined, async () =>
      workItemsIn(await raceAbort(services.azureDevOps(), call.signal), window),
    ),
  ]);
  const items: AgendaItem[] = joinBlocks(tasks, events ?? [], region);
  return {
    items: inOrder([...items, ...(workItems?.dated ?? [])]),
    undated: workItems?.undated ?? [],
    errors,
  };
}
