import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Task, TickTickClient, type TickTickWebhookEvent } from '@context-sdk/context/ticktick';
import { memoryStore, OAuthClient } from '@context-sdk/oauth-core';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { failure } from '@context-sdk/test-support';
import { freePort } from '@context-sdk/test-support/processes';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createApp } from './page/1-sign-in.ts';
import { retry, tasksResponse } from './page/10-errors.ts';
import { serve } from './page/11-host.ts';
import { receive } from './page/12-webhook-parsing.ts';
import { ThrottledLimiter } from './page/13-rate-limit.ts';
import { guideDialect } from './page/2-dialect.ts';
import { tokensOf } from './page/3-token-refresh.ts';
import { TickTickService } from './page/4-tasks.ts';
import { handleTickTickEvent, registerTickTickWebhook } from './page/5-webhooks.ts';
import { GoogleCalendarService } from './page/7-calendar.ts';
import { GmailService } from './page/8-gmail.ts';
import { AzureDevOpsService } from './page/9-work-items.ts';
import { GUIDE_ENV, startGuideServices } from './servers/all.ts';
import { onGuideServers, onSandbox, type PageHost } from './start-page-host.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const { CONFORMANCE_DIR } = process.env;
const FOUND = join(CONFORMANCE_DIR ?? '', 'reference/integration-guide.md');
const GUIDE = CONFORMANCE_DIR !== undefined && existsSync(FOUND) ? FOUND : undefined;

describe.each<[string, () => PageHost | Promise<PageHost>]>([
  ['on servers of the guide’s wire format', onGuideServers],
  ['on the sandbox, in the default dialect', onSandbox],
])('15: docs/from-the-guide.md %s', (_, startHost) => {
  test('both sign-ins end where the guide sends users, without a token in any URL', async () => {
    const { browser, visit, signIn } = await startHost();
    const first = await visit('/auth/ticktick/authorize');
    expect(first.href).toBe('http://localhost:3000/?ticktick=success');
    const second = await visit('/auth/google/authorize?returnTo=/settings');
    expect(second.href).toBe('http://localhost:3000/settings?google=success');
    expect(browser.history.join()).not.toMatch(/token=/);
    const { connections } = await signIn();
    for (const provider of ['ticktick', 'google'] as const)
      expect(await connections.get(provider)).toMatchObject({ state: 'connected' });
  });

  test('tasks: create, get, update, list', async () => {
    const { signIn } = await startHost();
    const service = new TickTickService((await signIn()).ticktick);
    const { id } = await service.createTask({ title: 'Call the dentist', priority: 5 });
    expect(await service.getTaskById(id)).toMatchObject({ id, title: 'Call the dentist', priority: 5 });
    await service.updateTask(id, { title: 'Call Dr. Wang' });
    const all = await service.getAllTasks();
    expect(all.find((task) => task.id === id)).toMatchObject({ title: 'Call Dr. Wang', priority: 5 });
  });

  test('events: created and updated tasks reach the analysis', async () => {
    const { signIn, userId, context, events, changeTask, isPushed } = await startHost();
    await signIn();
    const mode = await registerTickTickWebhook(context, userId);
    expect(mode).toBe(isPushed ? 'push' : 'polling');
    const id = await changeTask('Pack');
    await context.runMaintenance({ pollEveryMs: 0 });
    await changeTask('Pack for Oslo', id);
    await context.runMaintenance({ pollEveryMs: 0 });
    const seen: string[] = [];
    const note = (what: string) => async (task: Task) => void seen.push(`${what} ${task.id} ${task.title}`);
    const analysis = { analyzeAndStoreTask: note('new'), updateTaskAnalysis: note('changed') };
    for (const event of events) await handleTickTickEvent(event, analysis);
    expect(seen).toEqual([`new ${id} Pack`, `changed ${id} Pack for Oslo`]);
  });

  test('calendar: an event with its reminder, free time, a list in order', async () => {
    const { signIn } = await startHost();
    const service = new GoogleCalendarService((await signIn()).calendar);
    const at = (hour: number): Date => new Date(Date.UTC(2030, 0, 15, hour));
    const id = await service.createEvent('Focus', at(18), at(19), 'For the review');
    const [event] = await service.listEvents(at(17), at(20));
    expect(event).toMatchObject({
      id,
      summary: 'Focus',
      description: 'For the review',
      reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] },
    });
    expect(event?.start).toMatchObject({ timeZone: 'America/Los_Angeles' });
    expect(await service.listEvents(at(20), at(21))).toEqual([]);
    expect(await service.getFreeBusy(at(0), at(1))).toEqual([]);
  });

  test('mail: a draft with copies, and a mail that is sent', async () => {
    const { signIn } = await startHost();
    const service = new GmailService((await signIn()).gmail);
    const cc = ['Ada <ada@example.com>', 'alan@example.com'];
    expect(await service.createDraft('Grace <grace@example.com>', 'Grüße', 'Hallo', cc)).not.toBe('');
    expect(await service.sendEmail('grace@example.com', 'Slides', 'As promised.')).not.toBe('');
  });

  test('work items: create, get everything, update', async () => {
    const { environment, fetch } = await startHost();
    const { AZURE_DEVOPS_ORG_URL = '', AZURE_DEVOPS_PAT = '' } = environment;
    const service = new AzureDevOpsService(AZURE_DEVOPS_ORG_URL, AZURE_DEVOPS_PAT, { fetch });
    const project = environment['AZURE_DEVOPS_PROJECT'] ?? '';
    const id = await service.createWorkItem(project, 'Task', 'Write it down', {
      description: 'All of it',
      tags: ['docs', 'guide'],
    });
    expect(await service.getWorkItem(id)).toMatchObject({ id, title: 'Write it down' });
    await service.updateWorkItem(id, { state: 'Active' });
    expect(await service.getWorkItem(id)).toMatchObject({ state: 'Active' });
  });

  test('errors: 429 instead of a wait, and 401 once only the user can help', async () => {
    const { signIn } = await startHost();
    const { ticktick: client, connections } = await signIn();
    let response = await tasksResponse(client);
    expect(response.status).toBe(200);
    for (let call = 0; call < 100 && response.ok; call += 1) response = await tasksResponse(client);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    await connections.disconnect('ticktick');
    expect((await tasksResponse(client)).status).toBe(401);
  });
});

describe('15: the page’s code alone', () => {
  test('token refresh: 40 calls with an expired token cause one refresh, which is stored', async () => {
    const services = await startGuideServices();
    onTestFinished(() => services.close());
    const { fetch, ticktick: gateway } = services;
    const { TICKTICK_CLIENT_ID, TICKTICK_CLIENT_SECRET, TICKTICK_REDIRECT_URI } = GUIDE_ENV;
    const oauth = new OAuthClient({
      provider: { ...ticktick, clientAuthentication: 'post' },
      clientId: TICKTICK_CLIENT_ID,
      clientSecret: TICKTICK_CLIENT_SECRET,
      redirectUri: TICKTICK_REDIRECT_URI,
      fetch,
    });
    const { url, transaction } = await oauth.beginAuthorization();
    const callback = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    const store = memoryStore();
    const fromSignIn = await oauth.completeAuthorization(callback, transaction);
    const tokens = await tokensOf(oauth, store, 'ada', fromSignIn);
    gateway.expireTokens();
    const client = new TickTickClient({ auth: tokens, dialect: 'guide', fetch });
    await Promise.all(Array.from({ length: 40 }, () => client.tasks.listOpen().toArray()));
    const requests = gateway.requests.filter(({ line }) => line === 'POST /oauth/token');
    expect(requests).toHaveLength(2);
    expect(Object.fromEntries(new URLSearchParams(requests[1]?.body))).toEqual({
      client_id: TICKTICK_CLIENT_ID,
      client_secret: TICKTICK_CLIENT_SECRET,
      grant_type: 'refresh_token',
      refresh_token: 'refresh-3',
    });
    expect(JSON.stringify((await store.get('ada/ticktick/default'))?.value)).toContain('refresh-5');
  });

  test('26: one error names every variable that is missing, the host’s own address included', () => {
    const incomplete = { ...GUIDE_ENV, BACKEND_URL: '', TICKTICK_CLIENT_SECRET: '' };
    expect(() => createApp(incomplete)).toThrow(/BACKEND_URL is missing.*TICKTICK_CLIENT_SECRET is missing/);
  });

  test('what the guide’s services got is what its Python sends', async () => {
    const { services, signIn, environment } = await onGuideServers();
    const user = await signIn();
    const tasks = new TickTickService(user.ticktick);
    const { id } = await tasks.createTask({ title: 'a' });
    await tasks.updateTask(id, { title: 'b' });
    await tasks.getTaskById(id);
    await tasks.getAllTasks();
    const api = services.ticktick.requests.filter(({ line }) => line.includes('/task'));
    expect(api.map(({ line, body }) => [line, body])).toEqual([
      ['POST /open/v1/task', '{"title":"a"}'],
      [`PUT /open/v1/task/${id}`, '{"title":"b"}'],
      [`GET /open/v1/task/${id}`, ''],
      ['GET /open/v1/task', ''],
    ]);
    const mail = new GmailService(user.gmail);
    const draftId = await mail.createDraft('grace@example.com', 'Slides', 'As promised.', [
      'ada@example.com',
    ]);
    const text = services.gmail.drafts.get(draftId) ?? '';
    expect(text).toMatch(/^to: grace@example\.com\r?$/im);
    expect(text).toMatch(/^cc: ada@example\.com\r?$/im);
    expect(text).toContain('As promised.');
    const azureDevOps = new AzureDevOpsService(
      environment['AZURE_DEVOPS_ORG_URL'] ?? '',
      environment['AZURE_DEVOPS_PAT'] ?? '',
      { fetch: services.fetch },
    );
    const tags = ['docs', 'guide'];
    const item = await azureDevOps.createWorkItem('YourProjectName', 'Task', 'x', { description: 'y', tags });
    await azureDevOps.updateWorkItem(item, { state: 'Active', assignedTo: 'ada@example.com' });
    expect(services.azureDevOps.items.get(item)?.fields).toMatchObject({
      'System.Title': 'x',
      'System.Description': 'y',
      'System.Tags': 'docs; guide',
      'System.State': 'Active',
      'System.AssignedTo': 'ada@example.com',
    });
  });

  test('retries: three attempts for a read, none for a write that may have arrived', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const methods: string[] = [];
    const client = new TickTickClient({
      auth: 'access-1',
      dialect: 'guide',
      retry,
      fetch: async (input, init) => {
        methods.push(new Request(input, init).method);
        return new Response(null, { status: 503 });
      },
    });
    const read = failure(client.tasks.listOpen().toArray());
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await read).toMatchObject({ code: 'service_unavailable' });
    expect(await failure(client.tasks.create({ title: 'a' }))).toMatchObject({ code: 'service_unavailable' });
    expect(methods).toEqual(['GET', 'GET', 'GET', 'POST']);
  });

  test('served by Node: a user signs in with a cookie, and has tasks; nobody else has', async () => {
    const services = await startGuideServices();
    const { fetch: fetchGuide } = services;
    const origin = `http://127.0.0.1:${await freePort()}`;
    const environment = {
      ...GUIDE_ENV,
      BACKEND_URL: origin,
      TICKTICK_REDIRECT_URI: `${origin}/auth/ticktick/callback`,
    };
    const app = createApp(environment, { fetch: fetchGuide, ...guideDialect });
    const server = serve({ ...app, tasksResponse, onError: vi.fn() }).listen(new URL(origin).port);
    onTestFinished(async () => {
      server.closeAllConnections();
      server.close();
      await services.close();
    });
    const ask = async (to: string, cookie = ''): Promise<Response> => {
      const fetchFrom = to.startsWith(origin) ? fetch : fetchGuide;
      return await fetchFrom(to, { redirect: 'manual', headers: { cookie } });
    };
    const cookieOf = ({ headers }: Response): string =>
      headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
    const locationOf = ({ headers }: Response): string => headers.get('location') ?? '';
    expect((await ask(`${origin}/tasks`)).status).toBe(401);
    const begun = await ask(`${origin}/auth/ticktick/authorize`);
    const consented = await ask(locationOf(begun));
    const signedIn = await ask(locationOf(consented), cookieOf(begun));
    services.ticktick.user.tasks.set('a', { id: 'a', title: 'Pack' });
    const tasks = await ask(`${origin}/tasks`, cookieOf(signedIn));
    expect([tasks.status, await tasks.json()]).toMatchObject([200, [{ id: 'a', title: 'Pack' }]]);
  });

  test('webhook parsing: an event, or 400', async () => {
    const queue: TickTickWebhookEvent[] = [];
    const accepted = receive('{"event":"task.created","data":{"id":"a"}}', queue);
    expect([accepted.status, await accepted.json()]).toEqual([200, { status: 'received' }]);
    expect(queue).toMatchObject([{ type: 'task.created', data: { id: 'a' } }]);
    expect(receive({ event: 'task.created' }, queue).status).toBe(400);
  });

  test('rate limit interface: p-throttle itself lets so many through, and a pause holds the rest', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const limiter = new ThrottledLimiter(2);
    let dispatched = 0;
    const fetch = async (): Promise<Response> => {
      dispatched += 1;
      return Response.json([]);
    };
    const client = new TickTickClient({ auth: 'access-1', dialect: 'guide', rateLimiter: limiter, fetch });
    const calls = Promise.all([1, 2, 3].map(() => client.tasks.listOpen().toArray()));
    // What the first call loads takes real time.
    await vi.waitFor(() => expect(dispatched).toBe(2));
    await vi.advanceTimersByTimeAsync(1000);
    expect(dispatched).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    await calls;
    expect(dispatched).toBe(3);
  });
});

describe('15: docs/from-the-guide.md', () => {
  const page = readFileSync(join(ROOT, 'docs/from-the-guide.md'), 'utf8');

  test('its TypeScript is what was run above, in this order', () => {
    const folder = join(import.meta.dirname, 'page');
    const files = readdirSync(folder).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    const blocks = Array.from(page.matchAll(/^```ts\n(.*?)^```$/gms), ([, code]) => code);
    expect(blocks).toEqual(files.map((file) => readFileSync(join(folder, file), 'utf8')));
  });

  test.skipIf(GUIDE === undefined)('it has every block and every sentence of the guide, in its order', () => {
    const guide = readFileSync(GUIDE ?? '', 'utf8');
    const blocks = codeBlocks(guide);
    expect(blocks.length).toBeGreaterThan(15);
    expect(codeBlocks(page)).toEqual(blocks);
    const inOrder = (names: readonly string[]): string[] => {
      let from = 0;
      return names.filter((name) => {
        const at = plain(page).indexOf(plain(name), from);
        if (at >= 0) from = at;
        return at < 0;
      });
    };
    const prose = guide.replaceAll(/^```.*?^```$/gms, '').split('\n');
    const headings = prose.filter((line) => /^##+ /.test(line));
    expect(inOrder(headings)).toEqual([]);
    const sentences = prose.filter(
      (line) => /^ *(\d+\.|-|\*\*|Uses) ?\w*/.test(line) && !line.includes('Last Updated'),
    );
    expect(sentences.length).toBeGreaterThan(40);
    expect(sentences.filter((line) => !plain(page).includes(plain(line)))).toEqual([]);
  });
});

/** The code in other languages than ours, without spaces that nobody sees. */
function codeBlocks(text: string): string[] {
  const found = text.matchAll(/^```(?:python|bash)\n(.*?)^```$/gms);
  return Array.from(found, ([, code = '']) => code.replaceAll(/ +$/gm, ''));
}

/** Words and addresses alone: lists, tables and emphasis differ. */
function plain(text: string): string {
  return text
    .replaceAll(/^ *(\d+\.|-|#+) /gm, '')
    .replaceAll(/[^\w:/{}.+"-]+/g, ' ')
    .replaceAll(/[:;.](?= |$)/g, '')
    .trim();
}
