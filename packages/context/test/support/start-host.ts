import type { ContextHandler, HandlerOptions } from '@context-sdk/context';
import { Browser } from './browser.ts';
import { startContext, type Started } from './start-context.ts';

export const HOST = 'http://localhost:8000';

export interface StartedHost extends Started {
  handler: ContextHandler;
  /** A browser whose user is signed in to the host as the value of its cookie `user`. */
  browser(userId?: string): Browser;
  /** Failures that the handler reported. */
  errors: unknown[];
}

/** A host whose session is a cookie that holds the user's id: enough for tests, and for nothing else. */
export function startHost(
  options: Parameters<typeof startContext>[0] & Partial<HandlerOptions> = {},
): StartedHost {
  const { getUserId = userOf, ...contextOptions } = options;
  const started = startContext({ baseUrl: HOST, ...contextOptions });
  const errors: unknown[] = [];
  const handler = started.context.createHandler({ getUserId, onError: (error) => errors.push(error) });
  return {
    ...started,
    handler,
    errors,
    browser(userId) {
      const browser = new Browser(handler, started.sandbox);
      if (userId !== undefined) browser.setCookie('user', userId);
      return browser;
    },
  };
}

function userOf(request: Request): string | undefined {
  return /(?:^|; )user=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
}
