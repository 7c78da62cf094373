import { personalAccessToken, wiql } from '@context-sdk/ado-client';
import { createContext, memoryStore } from '@context-sdk/context';
import { memoryRateLimiter, OAuthClient, staticToken } from '@context-sdk/oauth-core';
import { answerStoreCall, type StoreCall } from '@context-sdk/oauth-core/durable-objects';
import { google } from '@context-sdk/oauth-core/providers';
import { answering, IMPATIENT, UNLIMITED } from '@context-sdk/test-support';
import { nonsenseIn } from '../support/nonsense.ts';
import { HostileError } from './hostile-values.ts';

/** What all calls are answered. */
const stub = answering({
  access_token: 'token',
  id: '1',
  count: 0,
  value: [],
  items: [],
});
/** What was sent that only a missing or a wrong value can have left in a request. */
const nonsense: string[] = [];
const fetch: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  for (const what of await nonsenseIn(request)) nonsense.push(`${request.method} ${request.url}: ${what}`);
  return await stub.fetch(request);
};

/** The nonsense that was sent since the last time. */
export function takeNonsense(): string[] {
  return nonsense.splice(0);
}

const COMMON = { fetch, rateLimiter: memoryRateLimiter(), limits: [], retry: { attempts: 1, ...IMPATIENT } };
const OAUTH = {
  provider: google,
  clientId: 'app',
  clientSecret: 'secret',
  redirectUri: 'https://host.example/callback',
  fetch,
};
const CONTEXT = {
  store: memoryStore(),
  rateLimiter: UNLIMITED,
  baseUrl: 'https://host.example',
  providers: {
    ticktick: { clientId: 'app', clientSecret: 'secret' },
    google: { clientId: 'app', clientSecret: 'secret' },
    azureDevOps: { organizationUrl: 'https://dev.azure.com/acme' },
  },
  retry: { attempts: 1, ...IMPATIENT },
  fetch,
};

const GUID = '11111111-2222-3333-4444-555555555555';
const EVENT = { start: { date: '2027-03-01' }, end: { date: '2027-03-02' } };

function accountTokensOptions(): object {
  const database = { dialect: 'postgresql', query: async () => ({ rows: [], rowCount: 0 }) };
  return { client: new OAuthClient(OAUTH), store: memoryStore(), database };
}

/** Whatever the declarations can't tell, by the type's name. */
export const BY_TYPE: Record<string, () => unknown> = {
  AbortSignal: () => new AbortController().signal,
  AccessTokenSource: () => staticToken('token'),
  AdoClientOptions: () => ({
    ...COMMON,
    organizationUrl: 'https://dev.azure.com/acme',
    project: 'p',
    auth: personalAccessToken('a'.repeat(52)),
  }),
  AllowSharedBufferSource: () => new Uint8Array(1),
  AuthorizationTransaction: () => ({
    provider: 'google',
    state: 's',
    codeVerifier: 'v',
    redirectUri: OAUTH.redirectUri,
    scopes: [],
    expiresAt: Date.now() + 60_000,
  }),
  Blob: () => new Blob(['text']),
  ContextOptions: () => CONTEXT,
  ClientCredentialsOptions: () => ({ provider: google, clientId: 'app', clientSecret: 'secret', fetch }),
  D1Client: () => ({ prepare: () => ({ bind: () => ({ all: async () => ({ results: [] }) }) }) }),
  Context: () => contextOf(),
  Date: () => new Date('2027-03-01T00:00:00Z'),
  Environment: () => ({
    BACKEND_URL: CONTEXT.baseUrl,
    TICKTICK_CLIENT_ID: 'app',
    TICKTICK_CLIENT_SECRET: 'secret',
  }),
  EncryptionKeys: () => ({ current: 'a', keys: { a: new Uint8Array(32) } }),
  Error: () => new Error('failure'),
  EventChanges: () => ({ summary: 'text' }),
  EventInput: () => EVENT,
  GmailClientOptions: () => ({ ...COMMON, auth: 'token' }),
  GoogleCalendarClientOptions: () => ({ ...COMMON, auth: 'token' }),
  Headers: () => new Headers(),
  NewEventInput: () => EVENT,
  OAuthClient: () => new OAuthClient(OAUTH),
  OAuthClientOptions: () => OAUTH,
  OAuthProvider: () => google,
  PostgresPool: () => ({ query: async () => ({ rows: [], rowCount: 0 }) }),
  RateLimiter: () => memoryRateLimiter(),
  ReadableStream: () => new Blob(['text']).stream(),
  RecordStore: () => memoryStore(),
  Request: () => new Request('https://host.example/auth/google'),
  Response: () => Response.json({}),
  TemplateStringsArray: () => Object.assign(['a', 'b'], { raw: ['a', 'b'] }),
  TickTickClientOptions: () => ({ ...COMMON, auth: 'token' }),
  TokenStore: () => memoryStore(),
  TokenSet: () => ({
    accessToken: 'token',
    refreshToken: 'refresh',
    obtainedAt: Date.now(),
    expiresAt: Date.now() + 3_600_000,
    scopes: ['a'],
  }),
  User: () => contextOf().user('text'),
  URL: () => new URL('https://host.example/'),
  URLSearchParams: () => new URLSearchParams(),
  Uint8Array: () => new Uint8Array(1),
};

/** The same by the name of a parameter or a member whose type is text or a number. */
export const BY_NAME: Record<string, unknown> = {
  calendarId: 'primary',
  date: '2027-03-01',
  day: '2027-03-01',
  address: 'https://host.example/webhooks',
  attachment: GUID,
  baseUrl: 'https://host.example',
  columnId: 'text',
  directory: '/tmp/never-written',
  first: '2027-03-01',
  frequency: 'DAILY',
  from: '2027-03-01T00:00:00Z',
  ics: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR',
  iteration: GUID,
  organizationUrl: 'https://dev.azure.com/acme',
  origin: 'https://gateway.example',
  path: ':memory:',
  pat: 'a'.repeat(52),
  provider: 'ticktick',
  stamp: '2027-03-01',
  startHistoryId: '1',
  time: '09:00',
  timeZone: 'UTC',
  to: '2027-03-02T00:00:00Z',
  topicName: 'projects/p/topics/t',
  url: 'https://host.example/',
};

/** For parameters that only one function has, by its path and the parameter's name. */
export const BY_PARAMETER: Record<string, () => unknown> = {
  'OAuthClient.completeAuthorization.callbackUrl': () => `${OAUTH.redirectUri}?code=code&state=s`,
  'signInOnLoopback.options': () => ({
    timeoutMs: 20,
    open: () => {
      throw new HostileError('no browser');
    },
  }),
  'signInOnLoopback.client': () => new OAuthClient({ ...OAUTH, redirectUri: 'http://127.0.0.1/callback' }),
  'parseGoogleClientSecret.file': () => ({ web: { client_id: 'app', client_secret: 'secret' } }),
  'tokensFromAuthJs.options': accountTokensOptions,
  'tokensFromBetterAuth.options': accountTokensOptions,
  'remoteStore.send': () => (call: StoreCall) => answerStoreCall(memoryStore(), call),
  'parseTickTickWebhook.body': () => '{"event":"task.created","task":{"id":"1"}}',
  'parseAdoWebhook.body': () => '{}',
  'TickTickClient.habits.checkIns.range': () => ({ habitIds: ['1'], from: '2027-03-01', to: '2027-03-02' }),
  'mailSearch.search': () => ({ text: 'text' }),
  'GmailClient.messages.modify.changes': () => ({ add: ['STARRED'] }),
  'GmailClient.messages.batchModify.changes': () => ({ add: ['STARRED'] }),
  'GmailClient.messages.send.mail': () => ({ to: 'ada@example.com', subject: 'text', text: 'text' }),
  'GmailClient.messages.forward.forward': () => ({ to: 'ada@example.com' }),
  'GmailClient.threads.modify.changes': () => ({ add: ['STARRED'] }),
  'GmailClient.threads.reply.reply': () => ({ text: 'text' }),
  'GmailClient.settings.sendAs.create.input': () => ({ sendAsEmail: 'ada@example.com' }),
  'GmailClient.settings.sendAs.patch.changes': () => ({ displayName: 'text' }),
  'GmailClient.settings.vacation.update.input': () => ({ enableAutoReply: false }),
  'GmailClient.settings.filters.create.input': () => ({ criteria: { from: 'a@example.com' }, action: {} }),
  'GoogleCalendarClient.calendars.patch.changes': () => ({ summary: 'text' }),
  'GoogleCalendarClient.calendars.delete.calendarId': () => 'c@group.calendar.google.com',
  'GoogleCalendarClient.calendarList.patch.settings': () => ({ hidden: true }),
  'GoogleCalendarClient.acl.create.rule': () => ({ role: 'reader', scope: { type: 'default' } }),
  'GoogleCalendarClient.acl.patch.changes': () => ({ role: 'reader' }),
  'GoogleCalendarClient.events.patchFollowing.instanceId': () => 'abcde_20270301T090000Z',
  'GoogleCalendarClient.events.deleteFollowing.instanceId': () => 'abcde_20270301T090000Z',
  'AdoClient.workItems.update.changes': () => ({ title: 'text' }),
  'AdoClient.workItems.query.wiql': () => wiql`SELECT [System.Id] FROM WorkItems`,
  'AdoClient.savedQueries.create.input': () => ({
    name: 'text',
    query: wiql`SELECT [System.Id] FROM WorkItems`,
  }),
  'AdoClient.relations.remove.relation': () => ({ rel: 'Related', id: 1 }),
  'AdoClient.relations.comment.relation': () => ({ rel: 'Related', id: 1 }),
  'AdoClient.areas.create.input': () => 'text',
  'AdoClient.boards.reorder.order': () => ({ ids: [1], after: 2 }),
  'AdoClient.templates.get.id': () => GUID,
  'AdoClient.subscriptions.delete.id': () => GUID,
  'mention.identity': () => ({ id: GUID, displayName: 'Ada' }),
  'normalizeOrganizationUrl.organizationUrl': () => 'https://dev.azure.com/acme',
  'fromTokenCredential.credential': () => ({
    getToken: async () => ({ token: 'token', expiresOnTimestamp: 1 }),
  }),
  'GoogleCalendarClient.events.sync.cursor': () => undefined,
  'GoogleCalendarClient.events.syncPages.cursor': () => undefined,
  'GoogleCalendarClient.calendarList.sync.cursor': () => undefined,
  'createContext.user.createWorkItem.options': () => ({}),
  'createContext.user.draftEmail.options': () => ({ to: 'ada@example.com' }),
  'planTasks.options': () => ({
    tasks: [{ id: '1', durationMinutes: 30 }],
    busy: [],
    from: '2027-03-01T00:00:00Z',
    to: '2027-03-02T00:00:00Z',
    workingHours: { mon: [['09:00', '17:00']] },
    timeZone: 'UTC',
  }),
  'createContext.user.plan.options': () => ({
    tasks: [{ id: '1', title: 'x', projectId: 'p' }],
    within: { from: '2027-03-01T00:00:00Z', to: '2027-03-02T00:00:00Z' },
  }),
  'verifyAdoWebhook.secrets': () => ({ basicAuth: { username: 'u', password: 'p' } }),
  'readAdoEnvironment.environment': () => ({ AZURE_DEVOPS_ORG_URL: 'https://dev.azure.com/acme' }),
};

/** A context with a user, for types that no constructor of the host makes. */
export function contextOf(): ReturnType<typeof createContext> {
  return createContext({ ...CONTEXT, store: memoryStore() });
}
