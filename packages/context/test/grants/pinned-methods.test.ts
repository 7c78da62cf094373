import { AdoClient, personalAccessToken, wiql } from '@context-sdk/ado-client';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { type AccessTokenSource, memoryStore, staticToken } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { UNLIMITED } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { describe, expect, test } from 'vitest';
import { argumentsOf } from '../by-documents/arguments.ts';
import { callMethod, methodsBelow } from '../by-documents/methods.ts';
import { valuesFor, wholeArguments } from '../by-documents/values.ts';

const SCOPES = [
  'https://www.googleapis.com/auth/calendar',
  'https://mail.google.com/',
  'https://www.googleapis.com/auth/gmail.settings.basic',
  'https://www.googleapis.com/auth/gmail.settings.sharing',
];

/** Two grants, of which the second takes the place of the first as soon as a call has had a response. */
function switching(sandbox: Sandbox, sourceOf: (grantId: string) => AccessTokenSource) {
  const sources = { first: sourceOf('first'), second: sourceOf('second') };
  let now: keyof typeof sources = 'first';
  const auth: AccessTokenSource = {
    account: 'one',
    getAccessToken: (options) => sources[now].getAccessToken(options),
    getCredential: async (options) => {
      const { getCredential } = sources[now];
      if (getCredential === undefined) throw new Error('Fixed tokens have their grant.');
      return await getCredential(options);
    },
    current: (grantId) => sources[now].current?.(grantId),
  };
  const late: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (now === 'second' && request.headers.has('authorization'))
      late.push(`${request.method} ${new URL(request.url).pathname}`);
    const isKept = request.method !== 'DELETE';
    const response = isKept ? await sandbox.fetch(request) : new Response(null, { status: 204 });
    now = 'second';
    return response;
  };
  return {
    options: { auth, fetch, rateLimiter: UNLIMITED, limits: [], retry: { attempts: 1 } },
    /** What one call sends for the second grant. */
    async lateOf(call: () => Promise<unknown>): Promise<string[]> {
      now = 'first';
      late.length = 0;
      await call().catch(() => undefined);
      now = 'first';
      return [...late];
    },
  };
}

describe('16.1: no method of a client sends anything for the account that the user connects meanwhile', () => {
  const sandbox = createSandbox({
    google: { quotas: { calendar: [], gmail: [] } },
    ticktick: { rateLimits: [] },
  });
  const google = switching(sandbox, (grantId) =>
    staticToken(sandbox.google.issueToken({ scopes: SCOPES }).accessToken, { grantId }),
  );
  const azureDevOps = switching(sandbox, (grantId) =>
    personalAccessToken(sandbox.azureDevOps.issuePat(), { grantId }),
  );
  const { url, projects } = sandbox.azureDevOps.organization;
  const clients = {
    GmailClient: [google, new GmailClient(google.options)],
    GoogleCalendarClient: [google, new GoogleCalendarClient(google.options)],
    AdoClient: [
      azureDevOps,
      new AdoClient({ ...azureDevOps.options, organizationUrl: url, project: projects[0]?.name }),
    ],
  } as const;

  test.each(Object.entries(clients))('%s', async (name, [{ lateOf }, client]) => {
    const found: Record<string, string[]> = {};
    for (const { path, parameters, input } of methodsBelow(name)) {
      if (path === `${name}.fetch`) continue;
      const values = { byName: valuesFor(path, sandbox), whole: wholeArguments(path), input };
      const { none, all, alone } = argumentsOf(path, parameters, values);
      for (const args of [none, ...all, ...alone]) {
        const late = await lateOf(() => callMethod(client, path, args));
        if (late.length > 0) found[path] = late;
      }
    }
    expect(found).toEqual({});
  });

  test('AdoClient, a saved query', async () => {
    const [{ lateOf }, client] = clients.AdoClient;
    const query = wiql`SELECT [System.Id] FROM WorkItems`;
    const { path } = await client.savedQueries.create({ name: 'mine', query });
    expect(await lateOf(async () => await (await client.savedQueries.run(path)).toArray())).toEqual([]);
  });

  describe('TickTickClient', () => {
    const { options, lateOf } = switching(sandbox, (grantId) =>
      staticToken(sandbox.ticktick.issueApiToken(), { grantId }),
    );
    const { tasks, projects: lists, changes, account, focus } = new TickTickClient(options);
    const user = sandbox.ticktick.testUser();
    const made = (more: object = {}) => user.createTask({ title: 'x', ...more });
    const many = (count: number) => Array.from({ length: count }, () => made());
    const CALLS: Record<string, () => Promise<unknown>> = {
      createTree: () =>
        tasks.createTree([{ title: 'a', children: [{ title: 'b', children: [{ title: 'c' }] }] }]),
      createMany: () => tasks.createMany(Array.from({ length: 250 }, () => ({ title: 'x' }))),
      updateMany: () => tasks.updateMany(many(3).map(({ id }) => ({ task: id, changes: { title: 'y' } }))),
      completeMany: () => tasks.completeMany(many(3).map(({ id }) => id)),
      deleteMany: () => tasks.deleteMany(many(3).map(({ id }) => id)),
      'update by id': () => tasks.update(made().id, { title: 'y' }),
      'complete, verified': () => tasks.complete(made(), { verify: true }),
      abandon: () => tasks.abandon(made()),
      skip: () => tasks.skip(made({ dueDate: '2027-03-01T09:00:00+0000', repeatFlag: 'RRULE:FREQ=DAILY' })),
      children: () => tasks.children(made()),
      attach: () => tasks.attach(made(), made()),
      'move with descendants': async () => {
        const parent = made();
        made({ parentId: parent.id });
        const { id } = user.createProject({ name: 'other' });
        return await tasks.move(parent, id, { descendants: true, verify: true });
      },
      'items.add': () => tasks.items.add(made(), ['a']),
      'items.add in turn': () => tasks.items.add(made(), ['a'], { store: memoryStore() }),
      listOpen: () => tasks.listOpen().toArray(),
      'listOpen with closed projects': () => tasks.listOpen({ includeClosed: true }).toArray(),
      listCompleted: () =>
        tasks.listCompleted({ from: '2027-01-01T00:00:00Z', to: '2027-12-01T00:00:00Z' }).toArray(),
      'projects.list': () => lists.list(),
      'account.get': () => account.get(),
      'changes.poll': () => changes.poll({ store: memoryStore(), key: 'k', initial: 'emit', projects: true }),
      'focus.list': () =>
        focus
          .list({ from: '2027-01-01T00:00:00Z', to: '2027-01-20T00:00:00Z', type: 'pomodoro' } as never)
          .toArray(),
    };
    test.each(Object.entries(CALLS))('%s', async (_, call) => {
      expect(await lateOf(call)).toEqual([]);
    });
  });
});
