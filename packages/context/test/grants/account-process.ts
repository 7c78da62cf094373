import { wiql } from '@context-sdk/ado-client';
import { type ContextOptions, createContext } from '@context-sdk/context';
import { ContextSdkError, memoryRateLimiter, type TokenSet } from '@context-sdk/oauth-core';
import { fetchFrom } from '@context-sdk/sandbox';
import { IMPATIENT } from '@context-sdk/test-support';
import { BASE_URL } from '../support/start-context.ts';
import { openSharedStore, type SharedStore } from './shared-store.ts';

/** What a process is told to do. */
export type Work =
  | { do: 'switch'; ticktick: string; google: TokenSet; account: object; azureDevOps: object }
  | { do: 'disconnect' }
  | { do: 'maintain' | 'ensure' | 'tasks' | 'events' | 'work-items' }
  | { do: 'receive'; url: string; headers: [string, string][]; body: string };

/** What it answers: an event that the host is told, or how the work ended. */
export type Message =
  { event: string } | { id: number; result: string } | { id: number; failure: string; isTyped: boolean };

interface Settings {
  url: string;
  store: SharedStore;
  providers: ContextOptions['providers'];
}

function say(message: Message | 'ready'): void {
  process.send?.(message);
}

const { url, store, providers } = JSON.parse(process.argv[2] ?? '{}') as Settings;
const context = createContext({
  store: await openSharedStore(store),
  baseUrl: BASE_URL,
  providers,
  rateLimiter: memoryRateLimiter(),
  retry: IMPATIENT,
  fetch: fetchFrom(url),
  onEvent: (event) => say({ event: JSON.stringify(event) }),
});
const handler = context.createHandler({ getUserId: () => 'ada' });
const user = context.user('ada');

async function perform(work: Work): Promise<unknown> {
  const { connections } = user;
  switch (work.do) {
    case 'switch':
      await connections.connect('ticktick', { token: work.ticktick });
      await connections.import('google', work.google, { account: work.account });
      return await connections.connect('azure-devops', work.azureDevOps as { token: string });
    case 'disconnect':
      for (const provider of ['ticktick', 'google', 'azure-devops'] as const) {
        await connections.disconnect(provider);
      }
      return undefined;
    case 'maintain':
      return await context.runMaintenance({ pollEveryMs: 0 });
    case 'ensure':
      return await context.subscriptions.ensure('ada');
    case 'tasks':
      return await user.ticktick.tasks.listOpen().toArray();
    case 'events':
      return await user.calendar.events.list().toArray();
    case 'work-items': {
      const client = await user.azureDevOps();
      return await client.workItems.query(wiql`SELECT [System.Id] FROM WorkItems`).toArray();
    }
    case 'receive': {
      const { headers, body } = work;
      return (await handler(new Request(work.url, { method: 'POST', headers, body }))).status;
    }
  }
}

process.on('message', ({ id, work }: { id: number; work: Work }) => {
  void perform(work).then(
    (result) => say({ id, result: JSON.stringify(result) ?? '' }),
    (error: unknown) => say({ id, failure: String(error), isTyped: error instanceof ContextSdkError }),
  );
});
process.on('disconnect', () => process.exit());
say('ready');
