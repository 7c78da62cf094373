import { Auth } from '@auth/core';
import Google from '@auth/core/providers/google';
import MicrosoftEntraId from '@auth/core/providers/microsoft-entra-id';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import type { Report } from '../../azure-devops/src/report.ts';
import { consentAt, SESSION_APPS, type World } from './world.ts';

const APP = 'http://localhost:8000';

/** A browser's cookies, and one request. */
class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #send: (request: Request) => Promise<Response>;

  constructor(send: (request: Request) => Promise<Response>) {
    this.#send = send;
  }

  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('origin', APP);
    const response = await this.#send(new Request(url, { ...init, headers }));
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}

/** Libraries that keep sessions: a sign-in from the button to the session, at Google and at Entra ID. */
export async function checkSessionLibraries(group: (name: string) => Report, world: World): Promise<void> {
  const { azureDevOps } = world.sandbox;
  const { google, microsoft } = SESSION_APPS;
  const auth = group('@auth/core');
  const people = { google: 'ada@example.com', 'microsoft-entra-id': azureDevOps.people[0]?.uniqueName ?? '' };
  for (const [provider, email] of Object.entries(people)) {
    await auth.check(
      `sign-in with ${provider}`,
      'https://authjs.dev/getting-started/authentication/oauth',
      async () => {
        const config = {
          secret: 'a secret of 32 characters or more',
          trustHost: true,
          basePath: '/auth',
          providers: [
            Google({ clientId: google.clientId, clientSecret: google.clientSecret }),
            MicrosoftEntraId({
              clientId: microsoft.clientId,
              clientSecret: microsoft.clientSecret,
              issuer: `https://login.microsoftonline.com/${azureDevOps.tenant.id}/v2.0`,
            }),
          ],
        };
        const browser = new Browser((request) => Auth(request, config));
        const { csrfToken } = (await (await browser.request(`${APP}/auth/csrf`)).json()) as {
          csrfToken: string;
        };
        const begun = await browser.request(`${APP}/auth/signin/${provider}`, {
          method: 'POST',
          body: new URLSearchParams({ csrfToken }),
        });
        const callback = await consentAt(begun.headers.get('location') ?? '');
        await browser.request(callback.href);
        return await (await browser.request(`${APP}/auth/session`)).json();
      },
      { user: { email } },
    );
  }
  const better = group('better-auth');
  for (const [provider, email] of [
    ['google', people.google],
    ['microsoft', people['microsoft-entra-id']],
  ] as const) {
    await better.check(
      `sign-in with ${provider}`,
      'https://www.better-auth.com/docs/authentication/google',
      async () => {
        const server = betterAuth({
          baseURL: APP,
          secret: 'a secret of 32 characters or more',
          database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
          socialProviders: {
            google: { clientId: google.clientId, clientSecret: google.clientSecret },
            microsoft: {
              clientId: microsoft.clientId,
              clientSecret: microsoft.clientSecret,
              tenantId: azureDevOps.tenant.id,
            },
          },
        });
        const browser = new Browser((request) => server.handler(request));
        const begun = await browser.request(`${APP}/api/auth/sign-in/social`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ provider, callbackURL: `${APP}/done` }),
        });
        const { url = '' } = (await begun.json()) as { url?: string };
        const callback = await consentAt(url);
        await browser.request(callback.href);
        return await (await browser.request(`${APP}/api/auth/get-session`)).json();
      },
      { user: { email } },
    );
  }
}
