import { PermissionError } from '@context-sdk/oauth-core';
import { isProviderId, type ProviderId } from '../../options/provider-id.ts';
import { checkOrigin, resolveReturnTo } from '../own-origins.ts';
import { acceptsHtml, PRIVATE_HEADERS } from '../problem-response.ts';
import { methodNotAllowed, noSuchRoute, type Route } from '../route.ts';
import { authorize } from './authorize.ts';
import { callback } from './callback.ts';
import type { AuthParts } from './on-connected.ts';

const ACTIONS = {
  authorize: { method: 'GET', run: authorize },
  callback: { method: 'GET', run: callback },
  disconnect: { method: 'POST', run: disconnect },
} as const;

/** `/auth/{provider}/authorize`, `/callback` and `/disconnect`. */
export function authRoutes(parts: AuthParts): Route {
  return async (request, [provider = '', action = '', ...rest]) => {
    if (!isProviderId(provider) || !isAction(action) || rest.length > 0) throw noSuchRoute();
    const { method, run } = ACTIONS[action];
    if (request.method !== method) return methodNotAllowed(method);
    return await run(parts, provider, request);
  };
}

function isAction(name: string): name is keyof typeof ACTIONS {
  return Object.hasOwn(ACTIONS, name);
}

/** Ends a connection of the signed-in user. Redirects a form to `returnTo`, and responds to a script with 204. */
async function disconnect(
  { options, users, getUserId }: AuthParts,
  provider: ProviderId,
  request: Request,
): Promise<Response> {
  checkOrigin(options, request);
  const returnTo = resolveReturnTo(options, new URL(request.url).searchParams.get('returnTo'));
  const userId = await getUserId(request);
  if (userId === undefined) throw new PermissionError('No user is signed in.');
  await users.get(userId).connections.disconnect(provider);
  if (!acceptsHtml(request)) return new Response(null, { status: 204, headers: PRIVATE_HEADERS });
  return new Response(null, { status: 303, headers: { ...PRIVATE_HEADERS, location: returnTo } });
}
