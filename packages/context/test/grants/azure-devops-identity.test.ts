import { ReauthorizationRequiredError } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { googleTokens, providersOf, startContext } from '../support/start-context.ts';

function startShared() {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const providers = providersOf(sandbox);
  const token = sandbox.azureDevOps.issuePat();
  return {
    ...startContext({
      emulated: sandbox,
      providers: { ...providers, azureDevOps: { ...providers.azureDevOps, token, shared: true } },
    }),
    token,
  };
}

describe('16.5: a lost record does not turn a user into the shared identity', () => {
  test.each(['lost', 'damaged'])('of a user whose record is %s', async (how) => {
    const { context, sandbox, store } = startShared();
    const user = context.user('ada');
    await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    await (await user.azureDevOps()).projects.list().toArray();
    const key = 'connection/ada/azure-devops/default';
    const record = await store.get(key);
    if (how === 'lost') await store.delete(key);
    else await store.compareAndSet(key, record?.version, '{"kind":');
    sandbox.clearRequests();
    expect(await user.connections.get('azure-devops')).toMatchObject({
      state: 'needs-reauthorization',
      reason: 'never-connected',
    });
    const call = async (): Promise<unknown> => (await user.azureDevOps()).projects.list().toArray();
    await expect(call()).rejects.toThrow(how === 'lost' ? ReauthorizationRequiredError : 'not written by');
    expect(sandbox.requests).toEqual([]);
  });

  test('of a user who never connected it is used, and again after a disconnect', async () => {
    const { context, sandbox } = startShared();
    const user = context.user('ada');
    expect((await (await user.azureDevOps()).projects.list().toArray()).length).toBeGreaterThan(0);
    await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    expect(await user.connections.get('azure-devops')).toMatchObject({ kind: 'token' });
    await user.connections.disconnect('azure-devops');
    expect(await user.connections.get('azure-devops')).toMatchObject({ kind: 'shared' });
    expect((await (await user.azureDevOps()).projects.list().toArray()).length).toBeGreaterThan(0);
  });
});

describe('16.D: what a service says of an account is stored as far as it can be read', () => {
  const ODD = [
    { providerDisplayName: { text: 'Ada' }, properties: { Account: { $value: 7 } } },
    { providerDisplayName: null, properties: null },
  ];

  test.each(ODD)('%j', async (odd) => {
    const sandbox = createSandbox({ seed: 'empty' });
    const { context } = startContext({
      emulated: sandbox,
      fetch: async (input, init) => {
        const { pathname } = new URL(new Request(input, init).url);
        const response = await sandbox.fetch(input, init);
        if (!response.ok || !pathname.toLowerCase().endsWith('/connectiondata')) return response;
        const body = (await response.json()) as { authenticatedUser: object };
        return Response.json({ ...body, authenticatedUser: { ...body.authenticatedUser, ...odd } });
      },
    });
    const user = context.user('ada');
    const organizationUrl = sandbox.azureDevOps.organization.url;
    const obtainedAt = Date.now();
    const tokenSet = { ...sandbox.azureDevOps.issueToken(), obtainedAt, expiresAt: obtainedAt + 3_600_000 };
    await user.connections.import('azure-devops', { ...tokenSet, scopes: [] }, { organizationUrl });
    await context.doctor().then(({ findings }) => expect(findings).toEqual([]));
    expect(await user.connections.get('azure-devops')).toMatchObject({ state: 'connected' });
    expect((await (await user.azureDevOps()).projects.list().toArray()).length).toBeGreaterThan(0);
  });
});

describe('16.34: the client of a process works on, whatever a user connects', () => {
  async function tokens(sandbox: ReturnType<typeof createSandbox>) {
    const obtainedAt = Date.now();
    return { ...sandbox.azureDevOps.issueToken(), obtainedAt, expiresAt: obtainedAt + 3_600_000, scopes: [] };
  }

  test('a token, then a sign-in', async () => {
    const { context, sandbox } = startContext();
    const user = context.user('ada');
    await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    await (await user.azureDevOps()).projects.list().toArray();
    await user.connections.import('azure-devops', await tokens(sandbox));
    expect((await (await user.azureDevOps()).projects.list().toArray()).length).toBeGreaterThan(0);
    await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    expect((await (await user.azureDevOps()).projects.list().toArray()).length).toBeGreaterThan(0);
  });

  test('a token, then a disconnect, then a token', async () => {
    const { context, sandbox } = startContext();
    const user = context.user('ada');
    await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    await (await user.azureDevOps()).projects.list().toArray();
    await user.connections.disconnect('azure-devops');
    const call = async (): Promise<unknown> => (await user.azureDevOps()).projects.list().toArray();
    await expect(call()).rejects.toMatchObject({ reason: 'never-connected' });
    await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    await expect(call()).resolves.toBeDefined();
  });
});

describe('16.35: two users of one account have one block and one work item per task', () => {
  const RANGE = { from: '2099-03-01T08:00:00Z', to: '2099-03-01T18:00:00Z' };

  test.each(['one after the other', 'at once'])('%s', async (when) => {
    const { sandbox, connectedUser } = startContext();
    const [ada, grace] = [await connectedUser('ada'), await connectedUser('grace')];
    const project = sandbox.azureDevOps.organization.projects[0]?.name;
    const task = sandbox.ticktick.testUser().createTask({ title: 'Shared' });
    const options = { durationMinutes: 60, within: RANGE };
    const run = async <T>(one: () => Promise<T>, other: () => Promise<T>): Promise<[T, T]> => {
      if (when === 'at once') return await Promise.all([one(), other()]);
      return [await one(), await other()];
    };
    const blocks = await run(
      () => ada.blockTime(task, options),
      () => grace.blockTime(task, options),
    );
    expect(blocks[0].event.id).toBe(blocks[1].event.id);
    const items = await run(
      () => ada.createWorkItem(task, { project }),
      () => grace.createWorkItem(task, { project }),
    );
    expect(items[0].id).toBe(items[1].id);
    const events = await ada.calendar.events
      .list({ timeMin: new Date(RANGE.from), timeMax: new Date(RANGE.to), q: 'Shared' })
      .toArray();
    expect(events).toHaveLength(1);
    await grace.unblockTime(task);
    expect(await ada.calendar.events.find(blocks[0].event.id)).toBeUndefined();
  });

  test('a block that one user moved to another calendar is the other user’s too', async () => {
    const { connectedUser, sandbox } = startContext({ sandbox: { seed: 'demo' } });
    const account = { account: { id: '1', email: 'ada@example.com' } };
    const [ada, grace] = [await connectedUser('ada'), await connectedUser('grace')];
    await ada.connections.import('google', googleTokens(sandbox), account);
    await grace.connections.import('google', googleTokens(sandbox), account);
    const calendars = await ada.calendar.calendars.list({ minAccessRole: 'owner' }).toArray();
    const calendarId = calendars.find(({ primary }) => primary !== true)?.id;
    expect(calendarId).toBeDefined();
    const task = sandbox.ticktick.testUser().createTask({ title: 'Shared' });
    const options = { durationMinutes: 60, within: RANGE };
    const first = await ada.blockTime(task, { ...options, calendarId });
    const second = await grace.blockTime(task, options);
    expect([second.outcome, second.event.id]).toEqual(['unchanged', first.event.id]);
  });
});
