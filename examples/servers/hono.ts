import type { Server } from 'node:http';
import type { BrowserSessions, Context } from '@context-sdk/context';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { sessionUser } from './session-user.ts';

/** Hono, and whatever else speaks the web's `Request` and `Response`: the handler is a function of one into the other. */
export function honoServer(context: Context, sessions: BrowserSessions): Server {
  const handler = context.createHandler({ getUserId: sessionUser(sessions) });
  const app = new Hono();
  app.all('/auth/*', ({ req }) => handler(req.raw));
  app.all('/webhooks/*', ({ req }) => handler(req.raw));
  app.get('/', (page) => page.text('The host’s own page'));
  return createAdaptorServer(app) as Server;
}
