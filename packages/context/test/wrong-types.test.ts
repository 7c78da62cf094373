import { AdoClient, personalAccessToken } from '@context-sdk/ado-client';
import { type ContextOptions, createContext, memoryStore } from '@context-sdk/context';
import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import { OAuthClient, TokenManager } from '@context-sdk/oauth-core';
import { postgresStore } from '@context-sdk/oauth-core/postgres';
import { google } from '@context-sdk/oauth-core/providers';
import { answering } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

const { fetch, requests } = answering({});
const pat = personalAccessToken('a'.repeat(52));
const ticktick = new TickTickClient({ auth: 'tp_secret', fetch });
const calendar = new GoogleCalendarClient({ auth: 'secret', fetch });
const ado = new AdoClient({ organizationUrl: 'https://dev.azure.com/acme', project: 'p', auth: pat, fetch });
const options: ContextOptions = {
  store: memoryStore(),
  baseUrl: 'https://host.example',
  providers: { ticktick: { clientId: 'app', clientSecret: 'secret' } },
};
const oauth = { provider: google, clientId: 'app', redirectUri: 'https://host.example/callback' };

/** As from JavaScript: the compiler would name the wrong type. */
function untyped(value: Record<string, unknown>): never {
  return value as never;
}

const METHODS: Record<string, [(wrong: never) => Promise<unknown>, wrong: object, problem: string]> = {
  'a number as text': [
    (wrong) => ticktick.tasks.get({ projectId: 'p', id: 't' }, wrong),
    { timeoutMs: '60' },
    'timeoutMs must be a number',
  ],
  'NaN for a number': [
    (wrong) => calendar.events.get('e1', wrong),
    { maxAttendees: Number.NaN },
    'maxAttendees must be a whole number',
  ],
  'a boolean as text': [
    (wrong) => ado.workItems.update(1, { title: 'x' }, wrong),
    { bypassRules: 'false' },
    'bypassRules must be a boolean',
  ],
  'a list as text': [
    (wrong) => calendar.events.list(wrong).toArray(),
    { eventTypes: 'default' },
    'eventTypes must be a list',
  ],
  'text as a number': [(wrong) => calendar.events.list(wrong).toArray(), { q: 1 }, 'q must be a string'],
  'a callback as text': [
    (wrong) => ticktick.tasks.createMany([{ title: 'x', projectId: 'p' }], wrong),
    { onProgress: 'log' },
    'onProgress must be a function',
  ],
};

test.each(Object.entries(METHODS))(
  '16.38: %s is refused by name, and nothing is sent',
  async (_, [call, wrong, problem]) => {
    const before = requests.length;
    await expect(call(wrong as never)).rejects.toThrow(problem);
    expect(requests).toHaveLength(before);
  },
);

const CREATED: Record<string, [() => unknown, problem: string]> = {
  createContext: [() => createContext(untyped({ ...options, push: 'false' })), 'push must be a boolean'],
  'providers.azureDevOps': [
    () =>
      createContext({
        ...options,
        providers: { azureDevOps: untyped({ shared: 'false', token: 'a'.repeat(52) }) },
      }),
    'providers.azureDevOps.shared must be a boolean',
  ],
  AdoClient: [
    () =>
      new AdoClient(
        untyped({ organizationUrl: 'https://dev.azure.com/a', auth: pat, allowedHosts: 'host.example' }),
      ),
    'allowedHosts must be a list',
  ],
  TickTickClient: [
    () => new TickTickClient(untyped({ auth: 'a', maxWaitMs: '0' })),
    'maxWaitMs must be a number',
  ],
  OAuthClient: [() => new OAuthClient(untyped({ ...oauth, clientId: 7 })), 'clientId must be a string'],
  TokenManager: [
    () =>
      new TokenManager(
        untyped({ client: new OAuthClient(oauth), store: memoryStore(), key: 'k', leaseTtlMs: '60000' }),
      ),
    'leaseTtlMs must be a number',
  ],
  postgresStore: [
    () => postgresStore({ query: () => Promise.reject() }, untyped({ table: 3 })),
    'table must be a string',
  ],
};

test.each(Object.entries(CREATED))('16.38: %s names the option of a wrong type', (_, [create, problem]) => {
  expect(create).toThrow(problem);
});

test('16.38: intervals that are text stop nothing, since they are refused', async () => {
  const context = createContext({ ...options, onEvent: () => undefined });
  const ensured = context.subscriptions.ensure('ada', untyped({ pollEveryMs: '60000' }));
  await expect(ensured).rejects.toThrow('pollEveryMs must be a number');
  await expect(context.runMaintenance(untyped({ concurrency: Number.NaN }))).rejects.toThrow(
    'concurrency must be a number',
  );
});

test('16.36: null is absent in every call option', async () => {
  const absent = untyped({ signal: null, timeoutMs: null, deadlineMs: null, maxWaitMs: null, grantId: null });
  await expect(calendar.events.list(absent).toArray()).resolves.toEqual([]);
});

test.each(['', 0, false, Number.NaN])('16.36: a signal that is %j is no signal', async (signal) => {
  await expect(calendar.settings.get('locale', untyped({ signal }))).rejects.toThrow(
    'signal must be an AbortSignal',
  );
});
