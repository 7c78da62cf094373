import { createHash, randomBytes } from 'node:crypto';
import type { Sandbox } from '@context-sdk/sandbox';
import { serveSandbox } from '@context-sdk/sandbox/server';

/** A sandbox that this process reaches at the services' real hosts, and other processes by its address. */
export interface World {
  sandbox: Sandbox;
  url: string;
  urlOf(host: string): string;
  close(): Promise<void>;
}

const callbacks = (provider: string): string[] => [
  `http://localhost:8000/auth/callback/${provider}`,
  `http://localhost:8000/api/auth/callback/${provider}`,
];

/** Apps of libraries that choose their callback themselves. */
export const SESSION_APPS = {
  google: {
    clientId: 'sessions.apps.googleusercontent.com',
    clientSecret: 'GOCSPX-sessions',
    redirectUris: callbacks('google'),
  },
  microsoft: {
    clientId: '1c2d3e4f-0000-4000-8000-000000000001',
    clientSecret: 'sessions-secret',
    redirectUris: [...callbacks('microsoft-entra-id'), ...callbacks('microsoft')],
  },
};

/** Every TLS connection of this process to a service's host leads to this sandbox from now on. */
export async function createWorld(): Promise<World> {
  const consent = 'automatic';
  const server = await serveSandbox({
    seed: 'empty',
    ticktick: { consent, rateLimits: [] },
    google: { consent, apps: [SESSION_APPS.google], mail: 'gmail', quotas: { calendar: [], gmail: [] } },
    azureDevOps: { consent, apps: [SESSION_APPS.microsoft], rateLimit: false },
  });
  process.env['CONTEXT_SANDBOX_URL'] = server.url;
  await import('@context-sdk/sandbox/preload');
  return server;
}

/** Where a browser ends up that goes to an authorization URL: the app's callback. */
export async function consentAt(url: string | URL): Promise<URL> {
  const response = await fetch(url, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (location === null)
    throw new Error(`no redirect: ${response.status} ${(await response.text()).slice(0, 300)}`);
  return new URL(location);
}

export async function codeAt(url: string | URL): Promise<string> {
  const code = (await consentAt(url)).searchParams.get('code');
  if (code === null) throw new Error('no code');
  return code;
}

export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export const REDIRECT = {
  google: 'http://localhost:8000/auth/google/callback',
  microsoft: 'http://localhost:8000/auth/azure-devops/callback',
  ticktick: 'http://localhost:8000/auth/ticktick/callback',
} as const;
