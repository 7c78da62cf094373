import { createServer, type Server } from 'node:http';
import { type Context, type ContextHandler, toNodeListener } from '@context-sdk/context';
import type { TickTickClient } from '@context-sdk/context/ticktick';

interface Host {
  context: Context;
  handler: ContextHandler;
  userOf(cookie: string | undefined): Promise<string | undefined>;
  tasksResponse(client: TickTickClient): Promise<Response>;
  onError(error: unknown): void;
}

/** `serve({ ...createApp(process.env, { onEvent, ...guideDialect }), tasksResponse, onError }).listen(8000)` */
export function serve({ context, handler, userOf, tasksResponse, onError }: Host): Server {
  const tasks = async (cookie: string | undefined): Promise<Response> => {
    const userId = await userOf(cookie);
    if (userId === undefined) return new Response('Sign in: /auth/ticktick/authorize', { status: 401 });
    return await tasksResponse(context.user(userId).ticktick);
  };
  const serveOwn = toNodeListener(handler); // /auth/… and /webhooks/…: everything else is yours
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const answered = await tasks(request.headers.cookie);
      response.writeHead(answered.status, Object.fromEntries(answered.headers));
      response.end(await answered.text());
    };
    serveOwn(request, response, () => void answer().catch(onError));
  });
  // Renews what ends, polls what isn't pushed, and tells again what the host could not handle.
  const timer = setInterval(() => void context.runMaintenance().catch(onError), 60_000);
  return server.on('close', () => clearInterval(timer));
}
