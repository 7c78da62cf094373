import { isProviderId } from '../../options/provider-id.ts';
import { noSuchRoute } from '../no-such-route.ts';
import type { Route } from '../route.ts';
import { authorize } from './authorize.ts';
import type { AuthParts } from './auth-parts.ts';
import { callback } from './callback.ts';
import { disconnect } from './disconnect.ts';

const ACTIONS = {
  authorize: { method: 'GET', run: authorize },
  callback: { method: 'GET', run: callback },
  disconnect: { method: 'POST', run: disconnect },
} as const;

function isAction(name: string): name is keyof typeof ACTIONS {
  return Object.hasOwn(ACTIONS, name);
}

/** `/auth/{provider}/authorize`, `/callback` and `/disconnect`. */
export function authRoutes(parts: AuthParts): Route {
  return async (request, [provider = '', action = '', ...rest]) => {
    if (!isProviderId(provider) || !isAction(action) || rest.length > 0) throw noSuchRoute();
    const { method, run } = ACTIONS[action];
    if (request.method !== method) return new Response(null, { status: 405, headers: { allow: method } });
    return await run(parts, provider, request);
  };
}
