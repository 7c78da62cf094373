import type { CallOptions, RecordStore } from '@context-sdk/oauth-core';
import type { Freshness, Task } from '@context-sdk/ticktick-client';
import { currentGrant } from '../connections/current-grant.ts';
import { UserClients } from '../connections/user-clients.ts';
import { keys } from '../records/keys.ts';
import { deleteUnder } from '../records/list-keys.ts';
import { flightKey, SharedFlights } from '../utils/shared-flights.ts';

/** What is being read in this process. */
const FLIGHTS = new WeakMap<RecordStore, SharedFlights<Task[]>>();

/**
 * The user's open tasks from the copy of their change feed, which belongs to the account that is connected. Callers at the same time
 * share one listing.
 */
export async function freshTasks(
  clients: UserClients,
  freshness: Freshness,
  call: CallOptions,
): Promise<Task[]> {
  const options = UserClients.optionsOf(clients);
  const { store } = options;
  const grantNow = async (): ReturnType<typeof currentGrant> =>
    await currentGrant(options, clients.id, 'ticktick');
  const grant = await grantNow();
  // Says what is wrong with the connection.
  if (grant === undefined) return await clients.ticktick.tasks.listOpen(call).toArray();
  const { id, owner } = grant;
  const key = keys.taskChanges(clients.id, owner);
  const flights = FLIGHTS.get(store) ?? new SharedFlights<Task[]>();
  FLIGHTS.set(store, flights);
  return await flights.join(flightKey(call, key, id, freshness.ms), call.signal, async (signal) => {
    UserClients.readAgain(clients, 'ticktick');
    const tasks = await clients.ticktick.changes.listOpen({ ...call, store, key, freshness, signal });
    if ((await grantNow())?.owner === owner) return tasks;
    // The account was disconnected or replaced meanwhile: what was written since is nobody's, and may be of another.
    await deleteUnder(store, `${key}/`);
    return await clients.ticktick.tasks.listOpen({ ...call, signal }).toArray();
  });
}
