import { type Context, createContext, memoryStore, type RecordStore } from '@context-sdk/context';

/** A context with accounts of our own, all connected. */
export async function sandboxedContext(
  baseUrl: string,
  userId: string,
): Promise<{ context: Context; store: RecordStore }> {
  const { createSandbox } = await import('@context-sdk/sandbox');
  const sandbox = createSandbox({ ticktick: { rateLimits: [] } });
  const { ticktick, google, azureDevOps } = sandbox;
  const store = memoryStore();
  const context = createContext({
    baseUrl,
    store,
    fetch: (input, init) => sandbox.fetch(input, init),
    providers: {
      ticktick: { clientId: ticktick.app.clientId, clientSecret: ticktick.app.clientSecret },
      google: { clientId: google.app.clientId, clientSecret: google.app.clientSecret },
      azureDevOps: { organizationUrl: azureDevOps.organization.url },
    },
  });
  const { connections } = context.user(userId);
  const scopes = [
    'openid',
    'email',
    'https://www.googleapis.com/auth/calendar',
    'https://www.googleapis.com/auth/gmail.modify',
  ];
  const obtainedAt = Date.now();
  const tokens = { ...google.issueToken({ scopes }), obtainedAt, expiresAt: obtainedAt + 3_599_000, scopes };
  await connections.connect('ticktick', { token: ticktick.issueApiToken() });
  await connections.import('google', tokens);
  await connections.connect('azure-devops', { token: azureDevOps.issuePat() });
  return { context, store };
}
