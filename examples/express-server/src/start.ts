import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { browserSessions, type ContextEvent, contextFromEnv } from '@context-sdk/context';
import { ContextSdkError } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';
import { Activity } from './activity.ts';
import { createApp } from './create-app.ts';
import { describeEvent } from './describe-event.ts';
import { openStore } from './setup.ts';

export interface Running {
  url: string;
  server: Server;
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
  const baseUrl = variables['BACKEND_URL'] ?? '';
  const sessions = browserSessions({ store: opened.store, baseUrl });
  const context = contextFromEnv(variables, {
    ...sandboxed?.overrides,
    ...opened,
    push: environment['PUSH'] === '1' || undefined,
    // The TickTick callback is the sign-in.
    onConnected: async ({ provider, account, userId }) => {
      if (provider !== 'ticktick' || account.username === undefined) return { userId };
      return { userId: account.username, headers: { 'set-cookie': await sessions.begin(account.username) } };
    },
    onEvent: (event) => tell(activity, event),
  });
  const server = createServer(createApp({ context, sessions, activity }));
  const { port, origin } = new URL(baseUrl);
  await new Promise<void>((resolve) => server.listen(Number(port) || 8000, resolve));
  const stopping = new AbortController();
  const pollEveryMs = sandboxed === undefined ? undefined : 2_000;
  void maintain(() => context.runMaintenance({ pollEveryMs, signal: stopping.signal }), stopping.signal);
  return {
    url: origin,
    server,
    sandbox: sandboxed?.sandbox,
    close() {
      stopping.abort();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function tell(activity: Activity, event: ContextEvent): Promise<void> {
  const text = describeEvent(event);
  if (event.userId === undefined || text === undefined) return;
  await activity.add(event.userId, {
    source: event.source,
    text,
    ...(event.id !== undefined && { id: event.id }),
  });
}

/** Any scheduler will do; here it is a loop. */
async function maintain(run: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await run().catch((error: unknown) => {
      if (!signal.aborted) console.error(error instanceof ContextSdkError ? error.message : error);
    });
    await wait(2_000, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
