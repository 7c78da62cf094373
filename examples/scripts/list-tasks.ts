/**
 * Lists your open tasks. With a personal API token (TickTick: Settings, Account, API Token):
 *
 *   TICKTICK_API_TOKEN=… npm run list-tasks
 *
 * or by signing in with an app of yours whose redirect URL is http://localhost:8000/auth/ticktick/callback:
 *
 *   TICKTICK_CLIENT_ID=… TICKTICK_CLIENT_SECRET=… npm run list-tasks
 */
import {
  type AccessTokenSource,
  ContextSdkError,
  OAuthClient,
  staticToken,
  ticktick,
} from '@context-sdk/oauth-core';
import { signInOnLoopback } from '@context-sdk/oauth-core/loopback';
import { TickTickClient } from '@context-sdk/ticktick-client';

const {
  TICKTICK_API_TOKEN: apiToken,
  TICKTICK_CLIENT_ID: clientId = '',
  TICKTICK_CLIENT_SECRET: clientSecret,
  TICKTICK_REDIRECT_URI: redirectUri = 'http://localhost:8000/auth/ticktick/callback',
} = process.env;

async function signIn(): Promise<AccessTokenSource> {
  if (apiToken) return staticToken(apiToken);
  if (!clientId) throw new Error('Set TICKTICK_API_TOKEN, or TICKTICK_CLIENT_ID and TICKTICK_CLIENT_SECRET.');
  const oauth = new OAuthClient({ provider: ticktick, clientId, clientSecret, redirectUri });
  const open = (url: URL): void => console.error(`Sign in here: ${url.href}`);
  return staticToken((await signInOnLoopback(oauth, { open })).accessToken);
}

try {
  const client = new TickTickClient({ auth: await signIn() });
  for await (const task of client.tasks.listAll()) {
    console.log(`${task.dueDate?.slice(0, 10) ?? '          '}  ${task.title}`);
  }
} catch (error) {
  console.error(error instanceof ContextSdkError || error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
