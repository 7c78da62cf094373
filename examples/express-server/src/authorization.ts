import {
  authorizationTransactions,
  type BeginAuthorizationOptions,
  type OAuthClient,
  type RecordStore,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { type Request, type Response, Router } from 'express';
import { Cookie, randomValue } from './cookies.ts';
import type { Settings } from './settings.ts';

const TEN_MINUTES_MS = 600_000;

/** How users connect to one provider. */
export interface Connecting {
  oauth: OAuthClient;
  /** What to ask for; undefined where this browser may not connect. */
  begin(request: Request): Promise<BeginAuthorizationOptions | undefined>;
  /** What to do with what the user granted. */
  connected(tokenSet: TokenSet, request: Request, response: Response): Promise<void>;
}

/** The guide's two routes of one provider. No token stands in a URL. */
export function authorizationRoutes(
  { backendUrl, frontendUrl }: Settings,
  store: RecordStore,
  { oauth, begin, connected }: Connecting,
): Router {
  const router = Router();
  const transactions = authorizationTransactions(store);
  const path = `/auth/${oauth.provider.id}`;
  const browser = new Cookie(`${oauth.provider.id}-sign-in`, backendUrl, TEN_MINUTES_MS);

  router.get(`${path}/authorize`, async (request, response) => {
    const options = await begin(request);
    if (options === undefined) return void response.redirect('/');
    const { url, transaction } = await oauth.beginAuthorization(options);
    const value = randomValue();
    await transactions.save(transaction, value);
    browser.set(response, value);
    response.redirect(url.href);
  });

  router.get(`${path}/callback`, async (request, response) => {
    response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const { state } = request.query;
    const transaction = await transactions.take(
      typeof state === 'string' ? state : undefined,
      browser.read(request),
    );
    const tokenSet = await oauth.completeAuthorization(request.originalUrl, transaction);
    await connected(tokenSet, request, response);
    browser.clear(response);
    response.redirect(303, frontendUrl.href);
  });

  return router;
}
