import type { CallOptions, RecordStore } from '@context-sdk/oauth-core';
import type { Freshness, Skipped } from '@context-sdk/ticktick-client';
import { currentGrant } from '../connections/current-grant.ts';
import { UserClients } from '../connections/user-clients.ts';
import { keys } from '../records/keys.ts';
import { deleteUnder } from '../records/list-keys.ts';
import { flightKey, SharedFlights } from '../utils/shared-flights.ts';
import { type ListedTasks, listTasks } from './list-tasks.ts';

/** What is being read in this process. */
const FLIGHTS = new WeakMap<RecordStore, SharedFlights<ListedTasks>>();

/**
 * The user's open tasks from the copy of their change feed, which belongs to the account that is connected. Callers at the same time
 * share one listing.
 */
export async function freshTasks(
  clients: UserClients,
  freshness: Freshness,
  call: CallOptions,
): Promise<ListedTasks> {
  const options = UserClients.optionsOf(clients);
  const { store } = options;
  const grantNow = async (): ReturnType<typeof currentGrant> =>
    await currentGrant(options, clients.id, 'ticktick');
  const grant = await grantNow();
  // Says what is wrong with the connection.
  if (grant === undefined) return await listTasks(clients, call);
  const { id, owner } = grant;
  const key = keys.taskChanges(clients.id, owner);
  const flights = FLIGHTS.get(store) ?? new SharedFlights<ListedTasks>();
  FLIGHTS.set(store, flights);
  return await flights.join(flightKey(call, key, id, freshness.ms), call.signal, async (signal) => {
    UserClients.readAgain(clients, 'ticktick');
    const skipped: Skipped[] = [];
    const onSkipped = (one: Skipped): unknown => skipped.push(one);
    const { changes } = clients.ticktick;
    const tasks = await changes.listOpen({ ...call, store, key, freshness, signal, onSkipped });
    if ((await grantNow())?.owner === owner) return { tasks, skipped };
    // The account was disconnected or replaced meanwhile: what was written since is nobody's, and may be of another.
    await deleteUnder(store, `${key}/`);
    return await listTasks(clients, { ...call, signal });
  });
}
