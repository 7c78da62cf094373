import { type BrowserSessions, type Context, ContextSdkError, publicMessageOf } from '@context-sdk/context';
import type { Entrance } from './entrance.ts';
import { htmlPage, type Page, seeOther } from './html.ts';
import { closedPage, overview } from './overview.ts';

/** What the pages show, and to whom. */
export interface PagesParts {
  context: Context;
  userId: string;
  sessions: BrowserSessions;
  entrance: Entrance;
  /** Opens a browser window that is let in. */
  open: () => Promise<void>;
}

/** What a browser sent. */
export interface PageRequest {
  method: string;
  url: URL;
  cookies: string | undefined;
  /** The origin of the page whose form was sent. */
  origin: string | undefined;
  form: URLSearchParams;
  /** Whether it is known to come from another user of this machine. */
  isOfAnotherUser: () => Promise<boolean>;
}

type Act = (parts: PagesParts, form: URLSearchParams) => Promise<string>;

const ACTS: Readonly<Record<string, Act>> = {
  '/approve': async ({ context, userId }, form) =>
    (await context.actions.approve(userId, form.get('token') ?? '')).text,
  '/refuse': async ({ context, userId }, form) => {
    await context.actions.reject(userId, form.get('token') ?? '');
    return 'Refused.';
  },
  '/undo': async ({ context, userId }, form) =>
    (await context.actions.undo(userId, form.get('action') ?? '')).text,
};

/** Responds to a browser. Only one that was let in sees or does anything, and only forms of these pages act. */
export async function respond(parts: PagesParts, request: PageRequest): Promise<Page> {
  const { method, url, cookies, origin, form } = request;
  const { sessions, entrance, userId, context } = parts;
  if (method !== 'GET' && method !== 'POST') return htmlPage('Not allowed', '', 405);
  if (method === 'POST' && origin !== url.origin)
    return htmlPage('The form is not one of these pages', '', 403);
  if (url.pathname === '/open') {
    if (method === 'POST') {
      await parts.open();
      return htmlPage('Look at your browser', '<p>A window was opened.</p>');
    }
    if (await request.isOfAnotherUser()) return closedPage();
    if (!(await entrance.admit(url.searchParams.get('key') ?? ''))) return closedPage();
    return seeOther('/', { 'set-cookie': await sessions.begin(userId) });
  }
  if ((await sessions.userOf(cookies)) !== userId) return closedPage();
  const act = method === 'POST' ? ACTS[url.pathname] : undefined;
  if (act !== undefined) return await overview(context, userId, await saidBy(act, parts, form));
  return url.pathname === '/' ? await overview(context, userId, '') : htmlPage('Not found', '', 404);
}

async function saidBy(act: Act, parts: PagesParts, form: URLSearchParams): Promise<string> {
  try {
    return await act(parts, form);
  } catch (error) {
    if (error instanceof ContextSdkError) return publicMessageOf(error);
    throw error;
  }
}
