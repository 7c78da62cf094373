import {
  browserSessions,
  type BrowserSessions,
  type Context,
  contextFromEnv,
  type ContextHandler,
  type Environment,
  type EnvironmentOverrides,
  memoryStore,
} from '@context-sdk/context';

interface App {
  context: Context;
  /** Serves `/auth/ticktick/authorize` and `/callback`, the same for Google, and the webhooks. */
  handler: ContextHandler;
  /** Who sends this `cookie` header, if it is somebody. */
  userOf: BrowserSessions['userOf'];
}

export function createApp(environment: Environment, options: EnvironmentOverrides = {}): App {
  const { store = memoryStore() } = options; // or sqliteStore(…), redisStore(…), postgresStore(…), or your own
  const context = contextFromEnv(environment, {
    store,
    onConnected: async ({ provider, account, userId }) => {
      if (provider !== 'ticktick' || account.id === undefined) return { userId };
      const signedIn = `ticktick-${account.id}`; // or upsert a row with account.id and account.email
      return { userId: signedIn, headers: { 'set-cookie': await sessions.begin(signedIn) } };
    },
    ...options,
  });
  const getUserId = (request: Request) => sessions.userOf(request.headers.get('cookie'));
  const handler = context.createHandler({ getUserId });
  const sessions = browserSessions({ store, baseUrl: handler.baseUrl });
  return { context, handler, userOf: sessions.userOf };
}
