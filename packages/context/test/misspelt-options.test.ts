import { AdoClient, personalAccessToken } from '@context-sdk/ado-client';
import { type ContextOptions, createContext, memoryRateLimiter, memoryStore } from '@context-sdk/context';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { OAuthClient, TokenManager } from '@context-sdk/oauth-core';
import { google } from '@context-sdk/oauth-core/providers';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { answering } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

const PAT = 'a'.repeat(52);
const { fetch, requests } = answering({});
const ticktick = new TickTickClient({ auth: 'tp_secret', fetch });
const calendar = new GoogleCalendarClient({ auth: 'secret', fetch });
const gmail = new GmailClient({ auth: 'secret', fetch });
const ado = new AdoClient({
  organizationUrl: 'https://dev.azure.com/acme',
  project: 'p',
  auth: personalAccessToken(PAT),
  fetch,
});
const options: ContextOptions = {
  store: memoryStore(),
  baseUrl: 'https://host.example',
  providers: { ticktick: { clientId: 'app', clientSecret: 'secret' } },
};
const oauth = { provider: google, clientId: 'app', redirectUri: 'https://host.example/callback' };

/** As from JavaScript: the compiler would name the typo. */
function untyped(value: Record<string, unknown>): never {
  return value as never;
}

async function firstOf(list: AsyncIterable<unknown>): Promise<unknown> {
  for await (const item of list) return item;
  return undefined;
}

const METHODS: Record<string, [() => Promise<unknown>, misspelt: string, meant: string]> = {
  'tasks.get': [
    () => ticktick.tasks.get({ projectId: 'p1', id: 't1' }, untyped({ sginal: 1 })),
    'sginal',
    'signal',
  ],
  'tasks.listOpen': [
    () => firstOf(ticktick.tasks.listOpen(untyped({ onSkiped: 1 }))),
    'onSkiped',
    'onSkipped',
  ],
  'tasks.createMany': [
    () => ticktick.tasks.createMany([], untyped({ onProgres: 1 })),
    'onProgres',
    'onProgress',
  ],
  'projects.list': [() => ticktick.projects.list(untyped({ limti: 1 })), 'limti', 'limit'],
  'changes.poll': [
    () => ticktick.changes.poll(untyped({ store: memoryStore(), key: 'k', intial: 'emit' })),
    'intial',
    'initial',
  ],
  'events.get': [() => calendar.events.get('e1', untyped({ calendarIsd: 'c' })), 'calendarIsd', 'calendarId'],
  'events.patch': [
    () => calendar.events.patch('e1', { summary: 'x' }, untyped({ sendUpdates: 'none', ifMathc: '"1"' })),
    'ifMathc',
    'ifMatch',
  ],
  'events.list': [
    () => firstOf(calendar.events.list(untyped({ singelEvents: true }))),
    'singelEvents',
    'singleEvents',
  ],
  'freeBusy.query': [
    () => calendar.freeBusy.query(untyped({ from: new Date(0), to: new Date(1), calendarIsd: [] })),
    'calendarIsd',
    'calendarIds',
  ],
  'messages.get': [() => gmail.messages.get('m1', untyped({ fromat: 'raw' })), 'fromat', 'format'],
  'messages.list': [() => firstOf(gmail.messages.list(untyped({ lableIds: [] }))), 'lableIds', 'labelIds'],
  'workItems.get': [() => ado.workItems.get(1, untyped({ exapnd: 'all' })), 'exapnd', 'expand'],
  'workItems.update': [
    () => ado.workItems.update(1, { title: 'x' }, untyped({ ifRve: 3 })),
    'ifRve',
    'ifRev',
  ],
  'comments.list': [() => firstOf(ado.comments.list(1, untyped({ projetc: 'p' }))), 'projetc', 'project'],
};

test.each(Object.entries(METHODS))(
  '16.37: %s names the option that was meant',
  async (_, [call, misspelt, meant]) => {
    const before = requests.length;
    const error: unknown = await call().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid_request', field: misspelt });
    expect(String(error)).toContain(`did you mean ${meant}?`);
    expect(requests).toHaveLength(before);
  },
);

const CREATED: Record<string, [() => unknown, misspelt: string, meant: string]> = {
  createContext: [() => createContext(untyped({ ...options, onEvetn: () => 0 })), 'onEvetn', 'onEvent'],
  'providers.ticktick': [
    () =>
      createContext({ ...options, providers: { ticktick: untyped({ clientId: 'a', dialetc: 'guide' }) } }),
    'providers.ticktick.dialetc',
    'dialect',
  ],
  createHandler: [
    () => createContext(options).createHandler(untyped({ getUserID: () => 'u' })),
    'getUserID',
    'getUserId',
  ],
  TickTickClient: [() => new TickTickClient(untyped({ auth: 'a', regoin: 'dida365' })), 'regoin', 'region'],
  GoogleCalendarClient: [
    () => new GoogleCalendarClient(untyped({ auth: 'a', basUrl: 'x' })),
    'basUrl',
    'baseUrl',
  ],
  AdoClient: [
    () =>
      new AdoClient(
        untyped({
          organizationUrl: 'https://dev.azure.com/a',
          auth: personalAccessToken(PAT),
          alowHttp: true,
        }),
      ),
    'alowHttp',
    'allowHttp',
  ],
  OAuthClient: [
    () => new OAuthClient(untyped({ ...oauth, clientSecert: 's' })),
    'clientSecert',
    'clientSecret',
  ],
  TokenManager: [
    () =>
      new TokenManager(
        untyped({ client: new OAuthClient(oauth), store: memoryStore(), key: 'k', leaseTtl: 1 }),
      ),
    'leaseTtl',
    'leaseTtlMs',
  ],
  memoryRateLimiter: [() => memoryRateLimiter(untyped({ limit: [] })), 'limit', 'limits'],
  redisStore: [() => redisStore(untyped({}), untyped({ prefx: 'a' })), 'prefx', 'prefix'],
};

test.each(Object.entries(CREATED))(
  '16.37: %s names the option that was meant',
  (_, [create, misspelt, meant]) => {
    expect(create).toThrow(`${misspelt} is not an option: did you mean ${meant}?`);
  },
);

test('16.37: an option that is like no other is named beside those that there are', async () => {
  const asked = ticktick.tasks.get({ projectId: 'p1', id: 't1' }, untyped({ colour: 1 }));
  await expect(asked).rejects.toThrow('colour is not an option: there are signal, timeoutMs, deadlineMs,');
});
