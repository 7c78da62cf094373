import type { User } from '@context-sdk/context';
import { expect, heading, step } from './story.ts';
import type { World } from './world.ts';

/** What goes wrong, and the end. */
export async function tellTrouble({ sandbox }: World, user: User): Promise<void> {
  heading('Trouble, and the end');

  await step('a service is down', async () => {
    const fault = { kind: 'status', status: 503 } as const;
    const { items, errors } = await withFault(sandbox, fault, async () => {
      const from = new Date();
      return await user.agenda({
        from,
        to: new Date(from.getTime() + 7 * 86_400_000),
        timeZone: 'Europe/Berlin',
      });
    });
    expect(errors['azure-devops'] !== undefined && items.length > 0, 'its error beside the rest');
    return `${items.length} items of the others, and “${errors['azure-devops'].name}” beside them`;
  });

  await step('150 calls at once', async () => {
    // Lets the requests so far leave TickTick's window.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    sandbox.clearRequests();
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 150 }, () => user.ticktick.projects.list()));
    const waited = (performance.now() - startedAt) / 1000;
    const refused = sandbox.requests.filter(({ status }) => status === 500).length;
    return `at 100 per 3 s they wait their turn for ${waited.toFixed(1)} s; TickTick refuses ${refused}`;
  });

  await step('disconnect', async () => {
    for (const { provider } of await user.connections.list()) await user.connections.disconnect(provider);
    const connections = await user.connections.list();
    expect(
      connections.every(({ reason }) => reason === 'never-connected'),
      'nothing to be left',
    );
    expect(sandbox.azureDevOps.hooks.subscriptions.length === 0, 'no hook to be left');
    return 'hooks and channels ended, tokens revoked at the providers, records gone';
  });
}

async function withFault<T>(
  { faults }: World['sandbox'],
  fault: Parameters<World['sandbox']['faults']['inject']>[0],
  work: () => Promise<T>,
): Promise<T> {
  faults.inject(fault, { host: 'dev.azure.com', rate: 1 });
  try {
    return await work();
  } finally {
    faults.clear();
  }
}
