import { PermissionError } from '@context-sdk/oauth-core';
import { isProviderId, type ProviderId } from '../../options/provider-id.ts';
import { checkOrigin, resolveReturnTo } from '../own-origins.ts';
import { acceptsHtml, PRIVATE_HEADERS } from '../page.ts';
import { methodNotAllowed, noSuchRoute, type Report, type Route } from '../route.ts';
import { authorize } from './authorize.ts';
import { callback } from './callback.ts';
import { withCheckedAnswers } from './host-answers.ts';
import type { AuthParts } from './on-connected.ts';
import { replace } from './replace.ts';

interface Action {
  methods: readonly string[];
  run: (parts: AuthParts, provider: ProviderId, request: Request, report: Report) => Promise<Response>;
}

const ACTIONS = {
  authorize: { methods: ['GET', 'POST'], run: authorize },
  callback: { methods: ['GET'], run: callback },
  replace: { methods: ['GET', 'POST'], run: replace },
  disconnect: { methods: ['POST'], run: disconnect },
} as const satisfies Record<string, Action>;

/** `/auth/{provider}/authorize`, `/callback`, `/replace` and `/disconnect`. */
export function authRoutes(unchecked: AuthParts): Route {
  const parts = withCheckedAnswers(unchecked);
  return async (request, [provider = '', action = '', ...rest], report) => {
    if (!isProviderId(provider) || !isAction(action) || rest.length > 0) throw noSuchRoute();
    const { methods, run }: Action = ACTIONS[action];
    if (!methods.includes(request.method)) return methodNotAllowed(methods.join(', '));
    return await run(parts, provider, request, report);
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
