// Signs a user in through each of the servers, on a sandbox of this process.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { browserSessions, createContext, memoryStore } from '@context-sdk/context';
import { createSandbox } from '@context-sdk/sandbox';
import { expressServer } from './express.ts';
import { honoServer } from './hono.ts';
import { nodeServer } from './node-http.ts';

for (const serve of [nodeServer, expressServer, honoServer]) {
  const sandbox = createSandbox({ seed: 30 });
  const store = memoryStore();
  const baseUrl = 'http://localhost:8000';
  const sessions = browserSessions({ store, baseUrl });
  const { clientId, clientSecret } = sandbox.ticktick.app;
  const providers = { ticktick: { clientId, clientSecret } };
  const context = createContext({ store, baseUrl, providers, fetch: sandbox.fetch });
  const server = serve(context, sessions).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  // What a browser does: our page, the service's, and back.
  const [session = ''] = (await sessions.begin('ada')).split(';');
  const begun = await fetch(`${origin}/auth/ticktick/authorize`, {
    headers: { cookie: session },
    redirect: 'manual',
  });
  const consent = await sandbox.fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  const { pathname, search } = new URL(consent.headers.get('location') ?? '');
  const cookie = [session, ...begun.headers.getSetCookie().map((one) => one.split(';')[0])].join('; ');
  const back = await fetch(origin + pathname + search, { headers: { cookie }, redirect: 'manual' });
  const tasks = await context.user('ada').ticktick.tasks.listOpen().toArray();
  console.log(`${serve.name}: back at ${back.headers.get('location')}, ${tasks.length} open tasks`);
  server.close();
  server.closeAllConnections();
}
