import type { RecordStore } from '@context-sdk/oauth-core';
import type { TickTickWebhookEvent } from '@context-sdk/ticktick-client';
import express, { type Express } from 'express';
import { showProblem } from './problems.ts';
import { Sessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import { signInRoutes } from './sign-in.ts';
import { signInPage, taskPage } from './task-page.ts';
import { Users } from './users.ts';
import { webhookRoutes } from './webhooks.ts';

export type { Settings } from './settings.ts';
export { Users } from './users.ts';

export interface AppOptions {
  settings: Settings;
  store: RecordStore;
  onEvent: (event: TickTickWebhookEvent) => void;
}

/** The integration guide's server: sign in with TickTick, see the open tasks, receive webhooks. */
export function createApp({ settings, store, onEvent }: AppOptions): Express {
  const users = new Users(settings, store);
  const sessions = new Sessions(store, settings.backendUrl);
  const app = express();
  app.disable('x-powered-by');
  app.use(signInRoutes(settings, store, users, sessions));
  app.use(webhookRoutes(onEvent));
  app.get('/', async (request, response) => {
    response.set('cache-control', 'no-store');
    const userId = await sessions.userOf(request);
    if (userId === undefined) return void response.send(signInPage());
    response.send(taskPage(await users.ticktick(userId).tasks.listAll().toArray()));
  });
  app.use(showProblem);
  return app;
}
