import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { browserSessions, type Context, type ContextEvent, contextFromEnv } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import { Activity } from './activity.ts';
import { createApp } from './create-app.ts';
import { describeEvent } from './describe-event.ts';
import { Proposals } from './proposal/proposals.ts';
import { openStore } from './setup.ts';

export interface Running {
  url: string;
  server: Server;
  /** What assistants of the application's users work with: `contextTools(context.user(…), …)`. */
  context: Context;
  sandbox: Sandbox | undefined;
  close(): void;
}

/** Starts the application as the environment says; `SANDBOX=1` works on services of our own. */
export async function start(environment: NodeJS.ProcessEnv): Promise<Running> {
  const { SANDBOX } = environment;
  const elsewhere = SANDBOX === '1' ? undefined : SANDBOX;
  const sandboxed = SANDBOX ? await (await import('./sandbox.ts')).useSandbox(elsewhere) : undefined;
  const variables = { ...sandboxed?.environment, ...environment };
  const opened = await openStore(environment);
  const activity = new Activity(opened.store);
  const proposals = new Proposals(opened.store);
  const baseUrl = variables['BACKEND_URL'] ?? '';
  const sessions = browserSessions({ store: opened.store, baseUrl });
  const context = contextFromEnv(variables, {
    ...sandboxed?.overrides,
    ...opened,
    push: environment['PUSH'] === '1' || undefined,
    // A task, its block, its work item and its draft go by one name, and end together.
    links: { create: 'always' },
    // The TickTick callback is the sign-in.
    onConnected: async ({ provider, account, userId }) => {
      if (provider !== 'ticktick' || account.id === undefined) return { userId };
      const signedIn = `ticktick-${account.id}`;
      return { userId: signedIn, headers: { 'set-cookie': await sessions.begin(signedIn) } };
    },
    onEvent: (event) => tell(activity, event),
  });
  const server = createServer(createApp({ context, sessions, activity, proposals }));
  const { port, origin } = new URL(baseUrl);
  await once(server.listen(Number(port) || 8000), 'listening');
  // Any scheduler will do, on any number of machines. On the sandbox changes are looked for more often than is polite.
  const pollEveryMs = sandboxed === undefined ? undefined : 2_000;
  const timer = setInterval(() => void context.runMaintenance({ pollEveryMs }).catch(console.error), 2_000);
  return {
    url: origin,
    server,
    context,
    sandbox: sandboxed?.sandbox,
    close() {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}

async function tell(activity: Activity, event: ContextEvent): Promise<void> {
  const { userId, source, id } = event;
  const text = describeEvent(event);
  if (userId !== undefined && text !== undefined)
    await activity.add(userId, { source, text, isTold: true, ...(id && { id }) });
}
