import * as sdk from '@context-sdk/context';
import { throttleRateLimiter } from '@context-sdk/context/throttle';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';

/** What the guide's `analyze_and_store_task` and `update_task_analysis` have done. */
export type Analysis = Map<string, string>;

/** The guide's `get_ticktick_user`, for which it shows no route. */
export const identify: sdk.Identify = async (fetch) => {
  const { id, email } = (await (await fetch('/user')).json()) as { id: string; email: string };
  return { id, email };
};

/** The integration guide's application, in its dialect of TickTick. */
export function createApp(
  environment: sdk.Environment,
  options: sdk.EnvironmentOverrides = {},
): { app: Express; context: sdk.Context; analysis: Analysis } {
  const store = options.store ?? sdk.memoryStore(); // or sqliteStore(…), postgresStore(…), your own users table
  const analysis: Analysis = new Map();
  const context = sdk.contextFromEnv(environment, {
    store,
    rateLimiter: throttleRateLimiter(),
    // Signing in with TickTick is signing in here: upsert the user, begin a session.
    onConnected: async ({ provider, account, userId }) => {
      if (provider !== 'ticktick' || account.id === undefined) return { userId };
      const signedIn = `ticktick-${account.id}`;
      return { userId: signedIn, headers: { 'set-cookie': await sessions.begin(signedIn) } };
    },
    onEvent: (event) => analyze(analysis, event),
    ...options,
    providers: {
      ticktick: { dialect: 'guide', identify },
      azureDevOps: { shared: true }, // the guide's one token, for everybody who signs in
      ...options.providers,
    },
  });
  const handler = context.createHandler({
    getUserId: (request) => sessions.userOf(request.headers.get('cookie')),
    onError: (error, _request, { reference }) => console.error(reference, error),
  });
  const sessions = sdk.browserSessions({ store, baseUrl: handler.baseUrl });
  const app = express();
  app.use(sdk.toNodeListener(handler)); // /auth/{ticktick,google}/{authorize,callback}, /webhooks/ticktick/{key}
  app.use(async (request, response, next) => {
    const userId = await sessions.userOf(request.headers.cookie);
    response.locals['user'] = userId && context.user(userId);
    if (userId === undefined) response.status(401).json({ detail: 'Sign in: /auth/ticktick/authorize' });
    else next();
  });
  app.use(express.json());
  const registerWebhook = answer(({ id }) => context.subscriptions.ensure(id));
  app.post('/webhooks', registerWebhook);
  addRoutes(app);
  app.use(showError);
  return { app, context, analysis };
}

/** A route that answers with what comes of `work`. */
function answer(work: (user: sdk.User, request: Request) => Promise<unknown>): RequestHandler {
  return async (request, response) => {
    response.json(await work(response.locals['user'] as sdk.User, request));
  };
}

const idOf = ({ params }: Request): string => String(params['id']);
const rangeOf = ({ query }: Request) => query as { from: string; to: string };
const workItemsOf = async (user: sdk.User) => (await user.azureDevOps()).workItems;

function addRoutes(app: Express): void {
  const tasks = { completed: true, maxWaitMs: 0 };
  const getTasks = answer(({ ticktick }) => ticktick.tasks.listAll(tasks).toArray());
  const getTask = answer(({ ticktick }, request) => ticktick.tasks.get(idOf(request)));
  const createTask = answer(({ ticktick }, { body }) => ticktick.tasks.create(body));
  const updateTask = answer(({ ticktick }, request) => ticktick.tasks.update(idOf(request), request.body));
  app.get('/tasks', getTasks).post('/tasks', createTask);
  app.get('/tasks/:id', getTask).put('/tasks/:id', updateTask);

  const createEvent = answer(({ calendar }, { body: { start, end, ...event } }) => {
    const timeZone = 'America/Los_Angeles';
    const times = { start: { dateTime: start, timeZone }, end: { dateTime: end, timeZone } };
    const reminders = { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] };
    return calendar.events.create({ ...event, ...times, reminders });
  });
  const listEvents = answer(({ calendar }, request) => {
    const { from: timeMin, to: timeMax } = rangeOf(request);
    return calendar.events.list({ timeMin, timeMax, singleEvents: true, orderBy: 'startTime' }).toArray();
  });
  const freeBusy = answer(({ calendar }, request) => calendar.freeBusy.query(rangeOf(request)));
  app.get('/events', listEvents).post('/events', createEvent).get('/free-busy', freeBusy);

  const createDraft = answer(({ gmail }, { body }) => gmail.drafts.create(body));
  const sendEmail = answer(({ gmail }, { body }) => gmail.messages.send(body));
  app.post('/drafts', createDraft).post('/mails', sendEmail);

  const create = answer(async (user, { body }) => (await workItemsOf(user)).create(body));
  const get = answer(async (user, request) =>
    (await workItemsOf(user)).get(+idOf(request), { expand: 'all' }),
  );
  const update = answer(async (user, request) =>
    (await workItemsOf(user)).update(+idOf(request), request.body),
  );
  app.post('/work-items', create).get('/work-items/:id', get).patch('/work-items/:id', update);
}

function analyze(analysis: Analysis, event: sdk.ContextEvent): void {
  if (event.source !== 'ticktick') return;
  const { type, data } = event;
  if (type === 'task.created' || type === 'task.updated') analysis.set(data.id, `${type}: ${data.title}`);
}

const showError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (error instanceof sdk.RateLimitError) response.set('retry-after', String(retrySeconds(error)));
  response.status(sdk.httpStatusOf(error)).json({ detail: sdk.publicMessageOf(error) });
};

const retrySeconds = ({ retryAfterMs }: sdk.RateLimitError): number => Math.ceil(retryAfterMs / 1000);
