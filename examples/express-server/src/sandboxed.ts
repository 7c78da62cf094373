import { type RateLimit, ticktick } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox, type TickTickOptions } from '@context-sdk/sandbox';
import type { Settings } from './settings.ts';

export interface Sandboxed {
  sandbox: Sandbox;
  settings: Settings;
  close(): Promise<void>;
}

/** A TickTick of our own on loopback, with over 1,200 tasks, and the settings to use it instead of the real one. */
export async function startSandbox(
  backendUrl: URL,
  options: TickTickOptions & { limits?: readonly RateLimit[] } = {},
): Promise<Sandboxed> {
  const { limits, dialect = 'official', ...behaviour } = options;
  const rateLimits = limits === undefined ? {} : { rateLimits: limits };
  const sandbox = createSandbox({ ticktick: { dialect, ...rateLimits, ...behaviour } });
  const { urlOf, close } = await sandbox.listen();
  const { clientId, clientSecret } = sandbox.ticktick.app;
  const settings: Settings = {
    provider: {
      ...ticktick,
      authorizationEndpoint: `${urlOf('ticktick.com')}/oauth/authorize`,
      tokenEndpoint: `${urlOf('ticktick.com')}/oauth/token`,
      revocationEndpoint: `${urlOf('api.ticktick.com')}/oauth/revoke`,
    },
    clientId,
    clientSecret,
    redirectUri: new URL('/auth/ticktick/callback', backendUrl).href,
    backendUrl,
    frontendUrl: backendUrl,
    api: {
      baseUrl: `${urlOf('api.ticktick.com')}/open/v1`,
      dialect,
      ...(limits !== undefined && { limits }),
    },
  };
  return { sandbox, settings, close };
}
