import { type Context, type ContextOptions, createContext, type User } from '@context-sdk/context';
import { memoryRateLimiter, memoryStore, type RecordStore, type TokenSet } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox, type SandboxOptions } from '@context-sdk/sandbox';
import { IMPATIENT } from '@context-sdk/test-support';

export interface Started {
  sandbox: Sandbox;
  store: RecordStore;
  context: Context;
  /** A user with all three services connected: TickTick by API token, Google by OAuth, Azure DevOps by PAT. */
  connectedUser(userId?: string): Promise<User>;
}

export const BASE_URL = 'https://host.example';

/** A context at production addresses, answered by a sandbox of its own. */
export function startContext(
  options: { sandbox?: SandboxOptions; emulated?: Sandbox } & Partial<ContextOptions> = {},
): Started {
  const { sandbox: sandboxOptions, emulated, ...contextOptions } = options;
  const ticktick = { rateLimits: [], ...sandboxOptions?.ticktick };
  const sandbox = emulated ?? createSandbox({ seed: 'empty', ...sandboxOptions, ticktick });
  const store = contextOptions.store ?? memoryStore();
  const context = createContext({
    baseUrl: BASE_URL,
    rateLimiter: memoryRateLimiter(),
    retry: IMPATIENT,
    fetch: (input, init) => sandbox.fetch(input, init),
    ...contextOptions,
    providers: contextOptions.providers ?? providersOf(sandbox),
    store,
  });
  return {
    sandbox,
    store,
    context,
    async connectedUser(userId = 'ada') {
      const user = context.user(userId);
      const { connections } = user;
      await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
      await connections.import('google', googleTokens(sandbox));
      await connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
      return user;
    },
  };
}

/** The sandbox's apps, as its services know them. */
export function providersOf({ ticktick, google, azureDevOps }: Sandbox): ContextOptions['providers'] {
  return {
    ticktick: { clientId: ticktick.app.clientId, clientSecret: ticktick.app.clientSecret },
    google: { clientId: google.app.clientId, clientSecret: google.app.clientSecret },
    azureDevOps: {
      organizationUrl: azureDevOps.organization.url,
      clientId: azureDevOps.app.clientId,
      clientSecret: azureDevOps.app.clientSecret,
    },
  };
}

const SCOPES = [
  'openid',
  'email',
  'https://www.googleapis.com/auth/calendar',
  'https://www.googleapis.com/auth/gmail.compose',
];

export function googleTokens(sandbox: Sandbox, more: readonly string[] = [], account?: string): TokenSet {
  const obtainedAt = Date.now();
  const scopes = [...SCOPES, ...more];
  return {
    ...sandbox.google.issueToken({ scopes, ...(account !== undefined && { account }) }),
    obtainedAt,
    expiresAt: obtainedAt + 3_599_000,
    scopes,
  };
}
