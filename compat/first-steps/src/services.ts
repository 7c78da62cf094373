import { serveSandbox } from '@context-sdk/sandbox/server';

const USERS = 100;
const SCOPES = ['https://www.googleapis.com/auth/calendar'];

/** The sandbox as a process of its own for a peer's program, which has none, and what the program is told about it. */
export interface Services {
  env: Record<string, string>;
  close(): Promise<void>;
}

/**
 * Serves the services with their limits. `env` has the addresses that the peers' options take, and the credentials that a registration
 * and a sign-in would leave.
 */
export async function serveServices(): Promise<Services> {
  const { url, urlOf, sandbox, close } = await serveSandbox({
    seed: 250,
    azureDevOps: { loopbackHooks: true },
  });
  const { ticktick, google, azureDevOps } = sandbox;
  const tokens = Array.from({ length: USERS }, () => {
    const { accessToken, refreshToken } = google.issueToken({ scopes: SCOPES });
    return { access_token: accessToken, refresh_token: refreshToken };
  });
  const env = {
    SANDBOX_URL: url,
    TICKTICK_TOKEN: ticktick.issueApiToken(),
    GOOGLE_CLIENT_ID: google.app.clientId,
    GOOGLE_CLIENT_SECRET: google.app.clientSecret,
    GOOGLE_TOKENS: JSON.stringify(tokens),
    AZURE_DEVOPS_ORGANIZATION: `${urlOf('dev.azure.com')}/${azureDevOps.organization.name}`,
    AZURE_DEVOPS_PAT: azureDevOps.issuePat(),
  };
  return { env, close };
}

/** For a program that knows one address alone: leads its TLS connections to the services there. */
export function redirected(env: Services['env']): Services['env'] {
  const preload = import.meta.resolve('@context-sdk/sandbox/preload');
  return { ...env, CONTEXT_SANDBOX_URL: env['SANDBOX_URL'] ?? '', NODE_OPTIONS: `--import=${preload}` };
}
