import { inspect } from 'node:util';
import {
  ConfigurationError,
  memoryStore,
  ReauthorizationRequiredError,
  TimeoutError,
} from '@context-sdk/oauth-core';
import { describe, expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

describe('connections', () => {
  test('a user who has connected nothing sees what there is to connect', async () => {
    const { context } = startContext();
    const never = { account: 'default', state: 'needs-reauthorization', reason: 'never-connected' };
    expect(await context.user('ada').connections.list()).toEqual([
      { provider: 'ticktick', ...never },
      { provider: 'google', ...never },
      { provider: 'azure-devops', ...never },
    ]);
  });

  test('three services connected in three ways answer through the clients of the user', async () => {
    const { connectedUser } = startContext({ sandbox: { seed: 'demo' } });
    const user = await connectedUser();
    const [task] = await user.ticktick.tasks.listOpen().toArray();
    const calendars = await user.calendar.calendars.list().toArray();
    const projects = await (await user.azureDevOps()).projects.list().toArray();
    expect([task?.id, calendars.length > 0, projects.length > 0]).toEqual([expect.any(String), true, true]);
    expect((await user.connections.list()).map(({ state }) => state)).toEqual([
      'connected',
      'connected',
      'connected',
    ]);
  });

  test('a store that never answers holds no call back beyond its signal or deadline, nor a good token at all', async () => {
    const inner = memoryStore();
    let isHung = false;
    const store = new Proxy(inner, {
      get: (target, name) =>
        isHung ? () => new Promise(() => undefined) : Reflect.get(target, name, target).bind(target),
    });
    const { context, connectedUser } = startContext({ store, sandbox: { seed: 'demo' } });
    const user = await connectedUser();
    const [known] = await user.ticktick.projects.list();
    isHung = true;
    expect(await user.ticktick.projects.list()).toContainEqual(known);
    const stranger = context.user('grace');
    const range = { from: '2027-03-01T00:00:00Z', to: '2027-03-02T00:00:00Z', timeZone: 'UTC' };
    const signal = AbortSignal.timeout(50);
    await expect(stranger.ticktick.projects.list({ signal })).rejects.toThrow('timeout');
    await expect(stranger.agenda({ ...range, signal })).rejects.toThrow('timeout');
    const late = stranger.ticktick.tasks.listOpen({ deadlineMs: 50 }).toArray();
    await expect(late).rejects.toThrow(TimeoutError);
  });

  test('a token that the service refuses later is told by the status', async () => {
    const { sandbox, connectedUser } = startContext();
    const user = await connectedUser();
    sandbox.azureDevOps.revokePats();
    await expect((await user.azureDevOps()).projects.list().toArray()).rejects.toThrow(
      ReauthorizationRequiredError,
    );
    const { state, reason } = await user.connections.get('azure-devops');
    expect({ state, reason }).toEqual({ state: 'needs-reauthorization', reason: 'rejected' });
  });

  test('disconnecting ends the tokens at the provider', async () => {
    const { sandbox, connectedUser } = startContext();
    const user = await connectedUser();
    await user.connections.disconnect('google');
    await expect(user.calendar.calendars.get()).rejects.toThrow(ReauthorizationRequiredError);
    expect((await user.connections.get('google')).reason).toBe('never-connected');
    expect(sandbox.requests.some(({ path }) => path === '/revoke')).toBe(true);
  });

  test('another organization is another client, and the old one is told nothing of the new token', async () => {
    const organizations = ['fabrikam', 'contoso'];
    const { sandbox, context } = startContext({ sandbox: { azureDevOps: { organizations } } });
    const user = context.user('ada');
    const connect = async (name: string): Promise<void> => {
      const token = sandbox.azureDevOps.issuePat({ organization: name });
      const organizationUrl = `https://dev.azure.com/${name}`;
      await user.connections.connect('azure-devops', { organizationUrl, token });
    };
    await connect('fabrikam');
    const first = await user.azureDevOps();
    await connect('contoso');
    sandbox.clearRequests();
    await expect(first.projects.list().toArray()).rejects.toThrow('another organization');
    expect(sandbox.requests).toEqual([]);
    const second = await user.azureDevOps();
    expect(second.organizationUrl).toBe('https://dev.azure.com/contoso');
    expect((await second.projects.list().toArray()).length).toBeGreaterThan(0);
  });

  test('a token that does not work is not stored, and one that takes the place of a sign-in ends it', async () => {
    const { sandbox, context, store } = startContext();
    const user = context.user('ada');
    const wrong = 'a'.repeat(52);
    await expect(user.connections.connect('azure-devops', { token: wrong })).rejects.toThrow(
      ReauthorizationRequiredError,
    );
    await expect(user.connections.connect('ticktick', { token: '' })).rejects.toThrow('token is empty');
    expect(await store.list('')).toEqual([]);
    const now = Date.now();
    const { accessToken } = sandbox.ticktick.issueToken();
    await user.connections.import('ticktick', {
      accessToken,
      obtainedAt: now,
      expiresAt: now + 1e6,
      scopes: [],
    });
    await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    expect(await user.connections.get('ticktick')).toMatchObject({ kind: 'token', state: 'connected' });
    expect(await store.list('token/')).toEqual([]);
  });

  test('nothing that can be logged shows a token or a secret', async () => {
    const { sandbox, connectedUser, context } = startContext();
    const user = await connectedUser();
    await user.ticktick.projects.list();
    const shown = [context, user, user.connections, user.ticktick, user.gmail, await user.azureDevOps()].map(
      (value) => inspect(value, { depth: 20, showHidden: true }),
    );
    shown.push(JSON.stringify(await user.connections.list()));
    const { google, azureDevOps } = sandbox;
    const secrets = [google.app.clientSecret, azureDevOps.app.clientSecret ?? ''];
    for (const secret of secrets) expect(shown.join('\n')).not.toContain(secret);
    expect(shown.join('\n')).not.toMatch(/AZDO|ya29|Bearer|Basic [A-Za-z0-9]/);
  });
});

test('16.9: a token is only for a service that takes one, and is sent to no other', async () => {
  const { context, sandbox } = startContext();
  const { connections } = context.user('ada');
  const token = sandbox.ticktick.issueApiToken();
  sandbox.clearRequests();
  for (const provider of ['google', 'ticktick ', 'constructor']) {
    await expect(connections.connect(provider as 'ticktick', { token })).rejects.toThrow(ConfigurationError);
  }
  expect(sandbox.requests).toEqual([]);
  expect((await connections.get('google')).state).toBe('needs-reauthorization');
});
