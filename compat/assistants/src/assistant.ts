import { type Context, createContext, memoryStore, type TokenSet, type User } from '@context-sdk/context';
import { createSandbox, type Sandbox, type SandboxOptions } from '@context-sdk/sandbox';

const SCOPES = [
  'openid',
  'email',
  'https://www.googleapis.com/auth/calendar',
  'https://www.googleapis.com/auth/gmail.modify',
];

/** What the scripts work with: a context on a sandbox. */
export interface Assistant {
  sandbox: Sandbox;
  context: Context;
  /** A user with all services connected. */
  connected(userId: string): Promise<User>;
}

/** A context on a sandbox, as a host would have it. */
export function startAssistant(options: SandboxOptions = {}): Assistant {
  const sandbox = createSandbox({ ...options, ticktick: { rateLimits: [], ...options.ticktick } });
  const { ticktick, google, azureDevOps } = sandbox;
  const context = createContext({
    baseUrl: 'https://host.example',
    store: memoryStore(),
    fetch: (input, init) => sandbox.fetch(input, init),
    providers: {
      ticktick: { clientId: ticktick.app.clientId, clientSecret: ticktick.app.clientSecret },
      google: { clientId: google.app.clientId, clientSecret: google.app.clientSecret },
      azureDevOps: { organizationUrl: azureDevOps.organization.url },
    },
  });
  return {
    sandbox,
    context,
    async connected(userId) {
      const user = context.user(userId);
      await user.connections.connect('ticktick', { token: ticktick.issueApiToken() });
      await user.connections.import('google', tokens(sandbox));
      await user.connections.connect('azure-devops', { token: azureDevOps.issuePat() });
      return user;
    },
  };
}

function tokens({ google }: Sandbox): TokenSet {
  const obtainedAt = Date.now();
  const issued = google.issueToken({ scopes: SCOPES });
  return { ...issued, obtainedAt, expiresAt: obtainedAt + 3_599_000, scopes: SCOPES };
}

/** Throws if something is not so. */
export function check(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`Not so: ${what}`);
  console.log(`✓ ${what}`);
}
