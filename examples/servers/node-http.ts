import { createServer, type Server } from 'node:http';
import { type BrowserSessions, type Context, toNodeListener } from '@context-sdk/context';
import { sessionUser } from './session-user.ts';

/** Node's own server: paths that are not the handler's are answered by the host. */
export function nodeServer(context: Context, sessions: BrowserSessions): Server {
  const handle = toNodeListener(context.createHandler({ getUserId: sessionUser(sessions) }));
  return createServer((request, response) =>
    handle(request, response, () => {
      response.setHeader('content-type', 'text/plain').end('The host’s own page');
    }),
  );
}
