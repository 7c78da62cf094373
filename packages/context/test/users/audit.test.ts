import { type AuditEvent, ReauthorizationRequiredError } from '@context-sdk/context';
import { describe, expect, test, vi } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { READONLY, startDeliveries } from '../support/start-deliveries.ts';

function start() {
  const audited: AuditEvent[] = [];
  const started = startDeliveries({
    onAudit: (event) => {
      audited.push(event);
      throw new Error('the log is full');
    },
  });
  const told = (): string[] => audited.map(({ type, provider, userId }) => `${type} ${provider} ${userId}`);
  return { ...started, audited, told };
}

describe('16.28: onAudit', () => {
  test('tells what happens to the access that a user has given', async () => {
    const { context, sandbox, audited, told, store } = start();
    const { connections } = context.user('ada');
    await connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    const [ada, grace] = ['ada@example.com', 'grace@example.com'];
    await connections.import('google', googleTokens(sandbox, [READONLY], ada), { account: { id: '1' } });
    await connections.import('google', googleTokens(sandbox, [READONLY], grace), { account: { id: '2' } });
    await vi.waitFor(() => expect(told()).toContain('revoked google ada'));
    const secrets = await Promise.all(
      (await store.list('')).map(async (key) => (await store.get(key))?.value),
    );
    await connections.disconnect('google');
    expect(told()).toEqual([
      'connected azure-devops ada',
      'connected google ada',
      'replaced google ada',
      'revoked google ada',
      'revoked google ada',
    ]);
    expect(audited[2]).toMatchObject({ accountId: '2', previousAccountId: '1', at: expect.any(Number) });
    expect(audited[2]).toHaveProperty('previousGrantId', audited[1]?.grantId);
    expect(audited[3]).toMatchObject({ atProvider: true, accountId: '1', grantId: audited[1]?.grantId });
    expect(audited[4]).toMatchObject({ atProvider: true, accountId: '2', grantId: audited[2]?.grantId });
    const tokens = secrets.flatMap((value) => [
      ...(value ?? '').matchAll(/"(?:access|refresh)?[tT]oken":"([^"]+)"/g),
    ]);
    expect(tokens.length).toBeGreaterThan(1);
    for (const [, token = ''] of tokens) expect(JSON.stringify(audited)).not.toContain(token);
  });

  test('scopes that a new sign-in adds', async () => {
    const { context, sandbox, audited } = start();
    const { connections } = context.user('ada');
    const account = { account: { id: '1' } };
    await connections.import('google', googleTokens(sandbox), account);
    await connections.import('google', googleTokens(sandbox, [READONLY]), account);
    expect(audited.map(({ type }) => type)).toEqual(['connected', 'scopes-changed', 'replaced']);
    expect(audited[1]).toMatchObject({ added: [READONLY], removed: [] });
  });

  test('tokens that are rejected, once', async () => {
    const { context, sandbox, told } = start();
    const user = context.user('ada');
    await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    sandbox.azureDevOps.revokePats();
    const call = async (): Promise<unknown> => (await user.azureDevOps()).projects.list().toArray();
    await expect(call()).rejects.toThrow(ReauthorizationRequiredError);
    await expect(call()).rejects.toThrow(ReauthorizationRequiredError);
    expect(told()).toEqual(['connected azure-devops ada', 'tokens-rejected azure-devops ada']);
  });

  test('a delivery that proves nothing', async () => {
    const { handler, audited } = start();
    const url = `${handler.baseUrl}/webhooks/azure-devops`;
    expect((await handler(new Request(url, { method: 'POST', body: '{}' }))).status).toBe(401);
    expect(audited).toMatchObject([{ type: 'delivery-refused', provider: 'azure-devops' }]);
  });

  test('a revocation that failed, and a user who was forgotten', async () => {
    const { context, sandbox, told, audited } = start();
    const user = context.user('ada');
    await user.connections.import('google', googleTokens(sandbox), { account: { id: '1' } });
    const fault = { kind: 'status', status: 503 } as const;
    sandbox.faults.inject(fault, { path: /revoke/, rate: 1 });
    await user.forget();
    expect(told()).toEqual([
      'connected google ada',
      'revocation-failed google ada',
      'forgotten ticktick ada',
      'forgotten google ada',
      'forgotten azure-devops ada',
    ]);
    expect(audited[3]).toMatchObject({ pending: 1 });
  });
});
