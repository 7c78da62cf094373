import { authorizationTransactions, type RecordStore } from '@context-sdk/oauth-core';
import { Router } from 'express';
import { Cookie, randomValue } from './cookies.ts';
import type { Sessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import type { Users } from './users.ts';

const TEN_MINUTES_MS = 600_000;

/** The guide's two routes. What the browser gets in the end is a session cookie; no token stands in a URL. */
export function signInRoutes(
  settings: Settings,
  store: RecordStore,
  users: Users,
  sessions: Sessions,
): Router {
  const router = Router();
  const transactions = authorizationTransactions(store);
  const browser = new Cookie('sign-in', settings.backendUrl, TEN_MINUTES_MS);

  router.get('/auth/ticktick/authorize', async (_request, response) => {
    const { url, transaction } = await users.oauth.beginAuthorization();
    const value = randomValue();
    await transactions.save(transaction, value);
    browser.set(response, value);
    response.redirect(url.href);
  });

  router.get('/auth/ticktick/callback', async (request, response) => {
    response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const { state } = request.query;
    const transaction = await transactions.take(
      typeof state === 'string' ? state : undefined,
      browser.read(request),
    );
    const tokenSet = await users.oauth.completeAuthorization(request.originalUrl, transaction);
    await sessions.begin(response, await users.signedIn(tokenSet));
    browser.clear(response);
    response.redirect(303, settings.frontendUrl.href);
  });

  return router;
}
