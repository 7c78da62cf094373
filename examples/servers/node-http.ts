import { createServer, type Server } from 'node:http';
import { type Context, toNodeListener } from '@context-sdk/context';
import { sessionUser } from './session-user.ts';

/** Node's own server: paths that are not the handler's are answered by the host. */
export function nodeServer(context: Context): Server {
  const handle = toNodeListener(context.createHandler({ getUserId: sessionUser }));
  return createServer((request, response) =>
    handle(request, response, () => {
      response.setHeader('content-type', 'text/plain').end('The host’s own page');
    }),
  );
}
