import type { RecordStore } from '@context-sdk/oauth-core';
import type { TickTickWebhookEvent } from '@context-sdk/ticktick-client';
import express, { type Express } from 'express';
import { authorizationRoutes } from './authorization.ts';
import { eventsOfToday } from './google/events-of-today.ts';
import { googleRoutes } from './google/routes.ts';
import type { GooglePush } from './google/webhooks.ts';
import { showProblem } from './problems.ts';
import { Sessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import { signInPage, taskPage } from './task-page.ts';
import { Users } from './users.ts';
import { webhookRoutes } from './webhooks.ts';

export type { Settings } from './settings.ts';
export { Users } from './users.ts';

export type AppEvent = TickTickWebhookEvent | GooglePush;

export interface AppOptions {
  settings: Settings;
  store: RecordStore;
  onEvent: (event: AppEvent) => void;
}

/** The integration guide's server: sign in with TickTick, connect Google, see tasks and the day, receive webhooks. */
export function createApp({ settings, store, onEvent }: AppOptions): Express {
  const users = new Users(settings, store);
  const sessions = new Sessions(store, settings.backendUrl);
  const app = express();
  app.disable('x-powered-by');
  app.use(
    authorizationRoutes(settings, store, {
      oauth: users.ticktickOAuth,
      begin: async () => ({}),
      connected: async (tokenSet, _request, response) =>
        sessions.begin(response, await users.signedIn(tokenSet)),
    }),
  );
  app.use(webhookRoutes(onEvent));
  if (users.googleOAuth)
    app.use(googleRoutes(users.googleOAuth, { settings, store, users, sessions, onEvent }));
  app.get('/', async (request, response) => {
    response.set('cache-control', 'no-store');
    const userId = await sessions.userOf(request);
    if (userId === undefined) return void response.send(signInPage());
    const [tasks, events] = await Promise.all([
      users.ticktick(userId).tasks.listAll().toArray(),
      eventsOfToday(users, userId),
    ]);
    response.send(taskPage(tasks, events));
  });
  app.use(showProblem);
  return app;
}
