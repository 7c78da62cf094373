import { join } from 'node:path';
import {
  type BrowserSessions,
  type Context,
  ContextSdkError,
  describeForUser,
  httpStatusOf,
  toNodeListener,
} from '@context-sdk/context';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import { actionRoutes } from './actions.ts';
import type { Activity } from './activity.ts';
import { assistantRoutes } from './assistant.ts';
import { isDay, readDay } from './day/read-day.ts';
import { liveRoute } from './live.ts';
import { ownForms } from './own-forms.ts';
import { proposalRoutes } from './proposal/proposal-routes.ts';
import type { Proposals } from './proposal/proposals.ts';
import { signInNotices } from './sign-in-notices.ts';

export interface AppParts {
  context: Context;
  sessions: BrowserSessions;
  activity: Activity;
  proposals: Proposals;
}

const HERE = join(import.meta.dirname, '..');

/** What pages may load: their own files, and the one style that carries the nonce. */
const guard: RequestHandler = (_request, response, next) => {
  const nonce = crypto.randomUUID();
  response.locals['nonce'] = nonce;
  const own = `default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'nonce-${nonce}'`;
  response.set({
    'content-security-policy': `${own}; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    // Under `no-referrer` browsers send forms with `Origin: null`.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  next();
};

/** The log gets the whole error, and the page a reference to it. Messages can name people and records. */
const showProblem: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const reference = crypto.randomUUID().slice(0, 8);
  console.error(reference, error);
  const { text, action } = describeForUser(error);
  const message = `${text} Reference: ${reference}`;
  const connect = action === 'connect';
  response.status(statusOf(error)).render('problem', { title: 'That did not work', message, connect });
};

/** Express and its parsers say by a status that a request makes no sense. */
function statusOf(error: unknown): number {
  const { status } = (error ?? {}) as { status?: unknown };
  const isRefused = !(error instanceof ContextSdkError) && typeof status === 'number' && status < 500;
  return isRefused ? status : httpStatusOf(error);
}

const showNothingHere: RequestHandler = (_request, response) => {
  const message = 'There is no such page. The address may be mistyped, or the page is gone.';
  response.status(404).render('problem', { title: 'Nothing here', message });
};

function showNoSuchDay(response: Response): void {
  const message = 'The calendar has no such day. Days are written like 2026-11-23.';
  response.status(400).render('problem', { title: 'No such day', message });
}

/** The application of the integration guide: sign in, connect, see the day, act on it, and hear of what happens. */
export function createApp({ context, sessions, activity, proposals }: AppParts): Express {
  const handler = context.createHandler({
    getUserId: (request) => sessions.userOf(request.headers.get('cookie')),
    onError: (error, _request, { reference }) =>
      console.error(reference, error instanceof ContextSdkError ? error.message : error),
  });
  const app = express();
  app.disable('x-powered-by');
  app.set('view engine', 'ejs').set('views', join(HERE, 'views'));
  app.use(toNodeListener(handler), express.static(join(HERE, 'public'), { index: false }), guard);
  app.use(async (request, response, next) => {
    const userId = await sessions.userOf(request.headers.cookie);
    if (userId === undefined) {
      const notices = signInNotices(request.query);
      return response.status(request.path === '/' ? 200 : 401).render('sign-in', { notices });
    }
    response.locals['userId'] = userId;
    next();
  });
  app.get('/', async ({ query }, response) => {
    const { date } = query;
    if (typeof date === 'string' && date !== '' && !isDay(date)) return showNoSuchDay(response);
    response.render('day', {
      ...(await readDay(context.user(String(response.locals['userId'])), activity, date)),
      notices: signInNotices(query),
    });
  });
  app.get('/events', liveRoute(activity));
  app.use(ownForms(new URL(handler.baseUrl).origin));
  app.use(
    actionRoutes({ context, sessions, activity }),
    proposalRoutes({ context, activity, proposals }),
    assistantRoutes(context),
  );
  app.use(showNothingHere, showProblem);
  return app;
}
