import { type GuideAzureDevOps, PAT, startGuideAzureDevOps } from './azure-devops.ts';
import { type GuideGmail, startGuideGmail } from './gmail.ts';
import { type GuideGoogle, startGuideGoogle } from './google.ts';
import { type GatewaySettings, type GuideTickTick, startGuideTickTick } from './ticktick.ts';

type Variable =
  | 'TICKTICK_CLIENT_ID'
  | 'TICKTICK_CLIENT_SECRET'
  | 'TICKTICK_REDIRECT_URI'
  | 'GOOGLE_CLIENT_ID'
  | 'GOOGLE_CLIENT_SECRET'
  | 'GOOGLE_REDIRECT_URI'
  | 'AZURE_DEVOPS_ORG_URL'
  | 'AZURE_DEVOPS_PAT'
  | 'AZURE_DEVOPS_PROJECT'
  | 'BACKEND_URL'
  | 'FRONTEND_URL';

/** The guide's `.env`, as it stands there but for a token that could be one. */
export const GUIDE_ENV: Readonly<Record<Variable, string>> = {
  TICKTICK_CLIENT_ID: 'your_client_id',
  TICKTICK_CLIENT_SECRET: 'your_client_secret',
  TICKTICK_REDIRECT_URI: 'http://localhost:8000/auth/ticktick/callback',
  GOOGLE_CLIENT_ID: 'your_google_client_id',
  GOOGLE_CLIENT_SECRET: 'your_google_client_secret',
  GOOGLE_REDIRECT_URI: 'http://localhost:8000/auth/google/callback',
  AZURE_DEVOPS_ORG_URL: 'https://dev.azure.com/your-org',
  AZURE_DEVOPS_PAT: PAT,
  AZURE_DEVOPS_PROJECT: 'YourProjectName',
  BACKEND_URL: 'http://localhost:8000',
  FRONTEND_URL: 'http://localhost:3000',
};

/** What the Google Cloud console offers for download. */
export const CLIENT_SECRET_JSON: string = JSON.stringify({
  web: {
    client_id: GUIDE_ENV.GOOGLE_CLIENT_ID,
    client_secret: GUIDE_ENV.GOOGLE_CLIENT_SECRET,
    redirect_uris: [GUIDE_ENV.GOOGLE_REDIRECT_URI, 'https://your-domain.com/auth/google/callback'],
  },
});

/** All four services of the guide. */
export interface GuideServices {
  ticktick: GuideTickTick;
  google: GuideGoogle;
  gmail: GuideGmail;
  azureDevOps: GuideAzureDevOps;
  /** Reaches them by their real host names. */
  fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

/** `deliver` sends the webhooks. Default: over the network. */
export async function startGuideServices({
  deliver,
}: Pick<GatewaySettings, 'deliver'> = {}): Promise<GuideServices> {
  const ticktick = await startGuideTickTick({
    clientId: 'your_client_id',
    clientSecret: 'your_client_secret',
    ...(deliver && { deliver }),
  });
  const google = await startGuideGoogle();
  const gmail = await startGuideGmail((token) => google.isAccessToken(token));
  const azureDevOps = await startGuideAzureDevOps();
  const origins: Readonly<Record<string, string>> = {
    'ticktick.com': ticktick.origin,
    'api.ticktick.com': ticktick.origin,
    'accounts.google.com': google.origin,
    'oauth2.googleapis.com': google.origin,
    'www.googleapis.com': google.origin,
    'gmail.googleapis.com': gmail.origin,
    'dev.azure.com': azureDevOps.origin,
  };
  return {
    ticktick,
    google,
    gmail,
    azureDevOps,
    async fetch(input, init) {
      const request = new Request(input, init);
      const { hostname, pathname, search } = new URL(request.url);
      const origin = origins[hostname];
      if (origin === undefined) throw new TypeError(`The guide has no service at ${hostname}.`);
      const { method, headers, signal } = request;
      const body = request.body === null ? null : await request.arrayBuffer();
      return await globalThis.fetch(`${origin}${pathname}${search}`, {
        method,
        headers,
        body,
        signal,
        redirect: 'manual',
      });
    },
    async close() {
      await Promise.all([ticktick, google, gmail, azureDevOps].map((service) => service.close()));
    },
  };
}
