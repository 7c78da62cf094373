import { type AccessTokenSource, OAuthClient, staticToken } from '@context-sdk/oauth-core';
import { signInOnLoopback } from '@context-sdk/oauth-core/loopback';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { TickTickClient } from '@context-sdk/ticktick-client';

async function auth(environment: NodeJS.ProcessEnv): Promise<AccessTokenSource> {
  const {
    TICKTICK_API_TOKEN: apiToken,
    TICKTICK_CLIENT_ID: clientId = '',
    TICKTICK_CLIENT_SECRET: clientSecret,
    TICKTICK_REDIRECT_URI: redirectUri = 'http://localhost:8000/auth/ticktick/callback',
  } = environment;
  if (apiToken) return staticToken(apiToken);
  if (!clientId) throw new Error('Set TICKTICK_API_TOKEN, or TICKTICK_CLIENT_ID and TICKTICK_CLIENT_SECRET.');
  const oauth = new OAuthClient({ provider: ticktick, clientId, clientSecret, redirectUri });
  const open = (url: URL): void => console.error(`Sign in here: ${url.href}`);
  return staticToken((await signInOnLoopback(oauth, { open })).accessToken);
}

/**
 * A client for a script's own user: with a personal API token (TickTick: Settings, Account, API Token) in
 * TICKTICK_API_TOKEN, or by signing in with an app of yours whose redirect URL is
 * http://localhost:8000/auth/ticktick/callback. TICKTICK_BASE_URL is for an API elsewhere, such as a sandbox.
 */
export async function connect(environment: NodeJS.ProcessEnv): Promise<TickTickClient> {
  return new TickTickClient({ auth: await auth(environment), baseUrl: environment['TICKTICK_BASE_URL'] });
}

/** Runs a script to its end; what goes wrong is told in a line. */
export async function run(script: () => Promise<void>): Promise<void> {
  try {
    await script();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
