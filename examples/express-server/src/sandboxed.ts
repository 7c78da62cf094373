import { google, type RateLimit, ticktick } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox, type TickTickOptions } from '@context-sdk/sandbox';
import type { Settings } from './settings.ts';

export interface Sandboxed {
  sandbox: Sandbox;
  settings: Settings;
  close(): Promise<void>;
}

const PUSH = {
  topicName: 'projects/context-sdk/topics/gmail',
  serviceAccount: 'push@context-sdk.iam.gserviceaccount.com',
};

/** A TickTick with over 1,200 tasks and a Google of our own on loopback, and the settings to use them. */
export async function startSandbox(
  backendUrl: URL,
  options: TickTickOptions & { limits?: readonly RateLimit[] } = {},
): Promise<Sandboxed> {
  const { limits, dialect = 'official', ...behaviour } = options;
  const rateLimits = limits === undefined ? {} : { rateLimits: limits };
  const { consent = 'automatic' } = behaviour;
  const sandbox = createSandbox({ ticktick: { dialect, ...rateLimits, ...behaviour }, google: { consent } });
  const { urlOf, close } = await sandbox.listen();
  const settings: Settings = {
    ticktick: {
      provider: {
        ...ticktick,
        authorizationEndpoint: `${urlOf('ticktick.com')}/oauth/authorize`,
        tokenEndpoint: `${urlOf('ticktick.com')}/oauth/token`,
        revocationEndpoint: `${urlOf('api.ticktick.com')}/oauth/revoke`,
      },
      clientId: sandbox.ticktick.app.clientId,
      clientSecret: sandbox.ticktick.app.clientSecret,
      redirectUri: new URL('/auth/ticktick/callback', backendUrl).href,
      api: {
        baseUrl: `${urlOf('api.ticktick.com')}/open/v1`,
        dialect,
        ...(limits !== undefined && { limits }),
      },
    },
    google: {
      provider: {
        ...google,
        authorizationEndpoint: `${urlOf('accounts.google.com')}/o/oauth2/v2/auth`,
        tokenEndpoint: `${urlOf('oauth2.googleapis.com')}/token`,
        revocationEndpoint: `${urlOf('oauth2.googleapis.com')}/revoke`,
      },
      clientId: sandbox.google.app.clientId,
      clientSecret: sandbox.google.app.clientSecret,
      redirectUri: new URL('/auth/google/callback', backendUrl).href,
      calendarUrl: `${urlOf('www.googleapis.com')}/calendar/v3`,
      gmailUrl: urlOf('gmail.googleapis.com'),
      push: { ...PUSH, fetch: (input, init) => sandbox.fetch(input, init) },
    },
    backendUrl,
    frontendUrl: backendUrl,
  };
  const url = new URL('/webhooks/google/gmail', backendUrl).href;
  sandbox.google.pubsub.subscribe({ topic: PUSH.topicName, url, serviceAccount: PUSH.serviceAccount });
  return { sandbox, settings, close };
}
