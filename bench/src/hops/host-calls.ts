import { type Context, type ContextHandler, createContext, type User } from '@context-sdk/context';
import { memoryStore, OAuthClient, TokenManager, type TokenSet } from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import type { Prepare } from './count-hops.ts';

const HOST = 'https://host.example';
const DAY = { from: '2099-03-01T00:00:00+01:00', to: '2099-03-02T00:00:00+01:00' };
const LIFETIME_MS = 3_600_000;

interface Host {
  sandbox: Sandbox;
  context: Context;
  handler: ContextHandler;
  /** What the services would deliver to the host. */
  deliveries: Request[];
  user: User;
}

/** A host on services of our own, with a user who has connected Google and Azure DevOps. */
async function startHost(): Promise<Host> {
  const deliveries: Request[] = [];
  const deliver = async (url: string, init?: RequestInit): Promise<Response> => {
    deliveries.push(new Request(url, init));
    return new Response(null);
  };
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', deliver } });
  const { google, azureDevOps } = sandbox;
  const context = createContext({
    store: memoryStore(),
    baseUrl: HOST,
    providers: {
      google: { clientId: google.app.clientId, clientSecret: google.app.clientSecret },
      azureDevOps: { organizationUrl: azureDevOps.organization.url },
    },
    fetch: (input, init) => sandbox.fetch(input, init),
    onEvent: () => undefined,
  });
  const user = context.user('ada');
  const scopes = ['openid', 'email', 'https://www.googleapis.com/auth/calendar'];
  await user.connections.import('google', valid({ ...google.issueToken({ scopes }), scopes }));
  await user.connections.connect('azure-devops', { token: azureDevOps.issuePat() });
  const handler = context.createHandler({ getUserId: () => undefined });
  return { sandbox, context, handler, deliveries, user };
}

function valid(tokens: Omit<TokenSet, 'obtainedAt' | 'expiresAt'>): TokenSet {
  const obtainedAt = Date.now();
  return { ...tokens, obtainedAt, expiresAt: obtainedAt + LIFETIME_MS };
}

async function blockTime(): Promise<Prepare> {
  const { user } = await startHost();
  let count = 0;
  return () => {
    const id = `6247ee29630c800f064fd${String((count += 1)).padStart(3, '0')}`;
    const task = { id, projectId: 'inbox', title: 'Prepare the review' };
    return () => user.blockTime(task, { durationMinutes: 30, within: DAY });
  };
}

async function webhook(): Promise<Prepare> {
  const { sandbox, context, handler, deliveries, user } = await startHost();
  await context.subscriptions.ensure(user.id);
  const { hooks } = sandbox.azureDevOps;
  return async () => {
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'From a colleague' } });
    await hooks.settled();
    const request = deliveries.splice(0).at(-1);
    if (request === undefined) throw new Error('Azure DevOps delivered nothing.');
    return async () => {
      const { status } = await handler(request);
      if (status >= 300) throw new Error(`The host answered ${status}.`);
    };
  };
}

function tokenManager(): TokenManager {
  const answer = {
    access_token: 'new',
    refresh_token: 'newer',
    token_type: 'bearer',
    expires_in: LIFETIME_MS / 1000,
  };
  const client = new OAuthClient({
    provider: ticktick,
    clientId: 'app',
    clientSecret: 'secret',
    redirectUri: `${HOST}/callback`,
    fetch: async () => Response.json(answer),
  });
  return new TokenManager({ client, store: memoryStore(), key: 'ada/ticktick' });
}

async function warmToken(): Promise<Prepare> {
  const manager = tokenManager();
  await manager.save(valid({ accessToken: 'old', refreshToken: 'older', scopes: [] }));
  return () => () => manager.getAccessToken();
}

async function refresh(): Promise<Prepare> {
  const manager = tokenManager();
  return async () => {
    const obtainedAt = Date.now() - 2 * LIFETIME_MS;
    const expiresAt = obtainedAt + LIFETIME_MS;
    await manager.save({ accessToken: 'old', refreshToken: 'older', scopes: [], obtainedAt, expiresAt });
    return () => manager.getAccessToken();
  };
}

/** What a host does that takes more, or less, than one request to a service. */
export const HOST_CALLS: Record<
  'blockTime' | 'a webhook to onEvent' | 'a warm token' | 'a refresh',
  () => Promise<Prepare>
> = {
  blockTime,
  'a webhook to onEvent': webhook,
  'a warm token': warmToken,
  'a refresh': refresh,
};
