import { ReauthorizationRequiredError } from '@context-sdk/oauth-core';
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
    const { connectedUser } = startContext();
    const user = await connectedUser();
    const [task] = await user.ticktick.tasks.listAll().toArray();
    const calendars = await user.calendar.calendars.list().toArray();
    const projects = await (await user.azureDevOps()).projects.list().toArray();
    expect([task?.id, calendars.length > 0, projects.length > 0]).toEqual([expect.any(String), true, true]);
    expect((await user.connections.list()).map(({ state }) => state)).toEqual([
      'connected',
      'connected',
      'connected',
    ]);
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
});
