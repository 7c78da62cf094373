import { authRoutes } from './auth/auth-routes.ts';
import type { ContextHandler, HandlerOptions } from './handler.ts';
import { noSuchRoute } from './no-such-route.ts';
import { problemResponse } from './problem-response.ts';
import type { Route } from './route.ts';
import type { Users } from '../users/user-cache.ts';
import type { Setup } from '../options/resolved-options.ts';

/** The handler of a context: `/auth/…` and `/webhooks/…` below the base path. */
export function createHandler(
  setup: Setup,
  users: Users,
  webhooks: Route,
  { getUserId, onError }: HandlerOptions,
): ContextHandler {
  const routes: Readonly<Record<string, Route>> = {
    auth: authRoutes({ setup, users, getUserId }),
    webhooks,
  };

  const segmentsOf = (url: string): string[] | undefined => {
    const path = URL.parse(url, setup.baseUrl)?.pathname ?? '';
    if (!path.startsWith(`${setup.basePath}/`)) return undefined;
    const segments = path.slice(setup.basePath.length + 1).split('/');
    return Object.hasOwn(routes, segments[0] ?? '') && segments.length > 1 ? segments : undefined;
  };

  const answer = async (request: Request): Promise<Response> => {
    const [name, ...segments] = segmentsOf(request.url) ?? [];
    const route = name === undefined ? undefined : routes[name];
    if (route === undefined) throw noSuchRoute();
    return await route(request, segments, (error) => onError?.(error, request));
  };

  const handler = async (request: Request): Promise<Response> => {
    try {
      return await answer(request);
    } catch (error) {
      onError?.(error, request);
      return problemResponse(error, request);
    }
  };
  return Object.assign(handler, {
    handles: (url: string) => segmentsOf(url) !== undefined,
    baseUrl: setup.baseUrl,
  });
}
