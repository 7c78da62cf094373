import {
  type Context,
  type ContextHandler,
  type ContextOptions,
  createContext,
  tickTickGateway,
} from '@context-sdk/context';
import { memoryRateLimiter, memoryStore } from '@context-sdk/oauth-core';
import { IMPATIENT } from '@context-sdk/test-support';
import type { TickTickGatewayOptions } from '@context-sdk/ticktick-client';
import { onTestFinished } from 'vitest';
import { type GatewaySettings, type GuideTickTick, startGuideTickTick } from './servers/ticktick.ts';

export const APP = { clientId: 'guide-app', clientSecret: 'guide-secret' } as const;
export const HOST = 'http://localhost:8000';

export interface GuideHost {
  gateway: GuideTickTick;
  context: Context;
  handler: ContextHandler;
  errors: unknown[];
  /** Follows a visitor from a route of the host to the gateway and back, until the host's own pages. */
  visit(path: string): Promise<{ url: URL; response: Response }>;
}

/** A host whose only service is a gateway of the guide's wire format, over plain HTTP. */
export async function startGuideHost(
  options: Partial<ContextOptions> & GatewaySettings & { gateway?: Partial<TickTickGatewayOptions> } = {},
): Promise<GuideHost> {
  const { gateway: gatewayOptions, expiresIn, requestsPerMinute, ...contextOptions } = options;
  const gateway = await startGuideTickTick({
    ...(expiresIn !== undefined && { expiresIn }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
  });
  onTestFinished(() => gateway.close());
  const errors: unknown[] = [];
  const context = createContext({
    store: memoryStore(),
    baseUrl: HOST,
    rateLimiter: memoryRateLimiter(),
    retry: IMPATIENT,
    ...contextOptions,
    providers: contextOptions.providers ?? {
      ticktick: { ...tickTickGateway({ origin: gateway.origin, ...gatewayOptions }), ...APP },
    },
  });
  const handler = context.createHandler({ getUserId: userOf, onError: (error) => errors.push(error) });
  const cookies = new Map<string, string>();
  return { gateway, context, handler, errors, visit: (path) => visit(handler, cookies, path) };
}

function userOf(request: Request): string | undefined {
  return /(?:^|; )session=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
}

async function visit(
  handler: ContextHandler,
  cookies: Map<string, string>,
  path: string,
): Promise<{ url: URL; response: Response }> {
  let url = new URL(path, handler.baseUrl);
  for (let hops = 0; hops < 10; hops += 1) {
    const isHost = url.origin === new URL(handler.baseUrl).origin;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = new Request(url, {
      headers: isHost ? { cookie, accept: 'text/html' } : {},
      redirect: 'manual',
    });
    const response = await (isHost ? handler(request) : fetch(request));
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return { url, response };
    url = new URL(location, url);
    if (url.origin === new URL(handler.baseUrl).origin && !handler.handles(url.href))
      return { url, response };
  }
  throw new Error('The redirects went in circles.');
}
