import { createServer } from 'node:http';
import { type AppEvent, createApp, Users } from '@context-sdk/example-express-server';
import { startSandbox } from '@context-sdk/example-express-server/sandbox';
import { memoryStore, type RateLimit } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';

/** The Express example with a sandbox behind it, both on loopback. */
export interface Host {
  url: URL;
  sandbox: Sandbox;
  users: Users;
  /** Who has signed in. */
  userIds(): Promise<string[]>;
  events: AppEvent[];
  close(): Promise<void>;
}

export async function startHost(dialect: 'official' | 'guide', limits: readonly RateLimit[]): Promise<Host> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const url = new URL(`http://localhost:${address.port}/`);
  const { sandbox, settings, close } = await startSandbox(url, { dialect, limits });
  const store = memoryStore();
  const events: AppEvent[] = [];
  server.on('request', createApp({ settings, store, onEvent: (event) => events.push(event) }));
  return {
    url,
    sandbox,
    users: new Users(settings, store),
    userIds: async () =>
      (await store.list('')).flatMap((key) => /^(.+)\/ticktick\/default$/.exec(key)?.[1] ?? []),
    events,
    async close() {
      server.close();
      server.closeAllConnections();
      await close();
    },
  };
}
