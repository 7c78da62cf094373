import { type Context, ContextSdkError, publicMessageOf } from '@context-sdk/context';
import express, { Router } from 'express';
import { formOf } from './own-forms.ts';
import { zoneOf } from './zone-of.ts';

const FIELDS = ['token', 'action'] as const;
type Form = Record<(typeof FIELDS)[number], string>;

/** Writes of the last month that are shown. */
const MAX_ACTIONS = 50;

const WHY_NOT: Readonly<Record<string, string>> = {
  undone: 'Undone.',
  failed: 'It failed.',
  unknown: 'Nothing is known of its end.',
};

/** What a button asks for, and what came of it in words. */
const BUTTONS: Readonly<Record<string, (context: Context, userId: string, form: Form) => Promise<string>>> = {
  approve: async ({ actions }, userId, { token }) => {
    const asked = (await actions.pending(userId)).find((one) => one.token === token);
    const { status, text } = await actions.approve(userId, token);
    return status === 'ok' && asked !== undefined ? `Done: ${asked.description}` : text;
  },
  refuse: async ({ actions }, userId, { token }) => {
    await actions.reject(userId, token);
    return 'It won’t be done.';
  },
  undo: async ({ actions }, userId, { action }) => {
    const { status, text } = await actions.undo(userId, action);
    return status === 'ok' ? 'Undone.' : text;
  },
};

/**
 * Where a user says yes or no to what an assistant has prepared, and takes back what it did. The tokens that approve are on this
 * page alone: no model sees it.
 */
export function assistantRoutes(context: Context): Router {
  const router = Router();
  const show = async (userId: string, said: string) => {
    const [pending, done, timeZone] = await Promise.all([
      context.actions.pending(userId),
      context.actions.list(userId),
      zoneOf(context.user(userId)),
    ]);
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
    const actions = done.slice(0, MAX_ACTIONS).map(({ id, at, description, state, undo }) => ({
      id,
      description,
      at: new Date(at).toISOString(),
      time: clock.format(at),
      canUndo: state === 'done' && undo.kind !== 'none',
      whyNot: WHY_NOT[state] ?? (undo.kind === 'none' ? undo.reason : ''),
    }));
    return { said, pending, actions };
  };
  router.get('/assistant', async (_request, response) => {
    response.render('assistant', await show(String(response.locals['userId']), ''));
  });
  router.post(
    '/assistant/:button',
    express.urlencoded({ extended: false }),
    async (request, response, next) => {
      const { button } = request.params;
      const press = Object.hasOwn(BUTTONS, button) ? BUTTONS[button] : undefined;
      if (press === undefined) return next();
      const userId = String(response.locals['userId']);
      const said = await press(context, userId, formOf(request, FIELDS)).catch((error: unknown) => {
        if (!(error instanceof ContextSdkError)) throw error;
        return publicMessageOf(error);
      });
      response.render('assistant', await show(userId, said));
    },
  );
  return router;
}
