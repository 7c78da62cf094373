import { createServer, type Server } from 'node:http';
import { type BrowserSessions, type Context, toNodeListener } from '@context-sdk/context';
import express from 'express';
import { sessionUser } from './session-user.ts';

/** Express: the handler is one line, before or behind a body parser. */
export function expressServer(context: Context, sessions: BrowserSessions): Server {
  const app = express();
  app.use(toNodeListener(context.createHandler({ getUserId: sessionUser(sessions) })));
  app.get('/', (_request, response) => void response.type('text').send('The host’s own page'));
  return createServer(app);
}
