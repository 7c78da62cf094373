import { memoryRateLimiter, type RateLimiter, RateLimitError } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';
import { startGuideHost } from './start-guide-host.ts';

const identify = async (fetch: typeof globalThis.fetch): Promise<{ id: string; email: string }> =>
  (await (await fetch('/user')).json()) as { id: string; email: string };

describe('15.6: limits', () => {
  test('the guide’s dialect keeps 100 a minute, and no others', async () => {
    const { gateway, context } = await startGuideHost({ maxWaitMs: 0 });
    const { connections, ticktick } = context.user('ada');
    await connections.connect('ticktick', { token: gateway.issueToken() });
    gateway.nextMinute();
    for (let call = 0; call < 100; call += 1) await ticktick.tasks.listOpen().toArray();
    const error = await failure(ticktick.tasks.listOpen().toArray());
    expect(error).toBeInstanceOf(RateLimitError);
    expect(gateway.requests.map(({ status }) => status)).not.toContain(429);
  });

  test('two users of the host with one account share its limit', async () => {
    const { gateway, context } = await startGuideHost({ gateway: { identify }, maxWaitMs: 0 });
    for (const userId of ['ada', 'ada-too']) {
      await context.user(userId).connections.connect('ticktick', { token: gateway.issueToken() });
    }
    // Each of them has asked once whose token it is.
    let refused = 0;
    for (let call = 0; call < 75; call += 1) {
      for (const userId of ['ada', 'ada-too']) {
        const error = await failure(context.user(userId).ticktick.tasks.get('none'));
        if (error instanceof RateLimitError) refused += 1;
      }
    }
    expect(refused).toBe(52);
    expect(gateway.requests.map(({ status }) => status)).not.toContain(429);
  });

  test('and so they do at every other service', async () => {
    let seen: string[] = [];
    const inner = memoryRateLimiter();
    const rateLimiter: RateLimiter = {
      run(key, ...rest) {
        seen.push(key);
        return inner.run(key, ...rest);
      },
      pause: (...args) => inner.pause(...args),
    };
    const { context, sandbox } = startContext({ rateLimiter });
    const keysOf = async (userId: string): Promise<string[]> => {
      const user = context.user(userId);
      const { connections, calendar, gmail } = user;
      await connections.import('google', googleTokens(sandbox), { account: { id: '1' } });
      await connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
      seen = [];
      await calendar.calendars.list().toArray();
      await gmail.drafts.list().toArray();
      await (await user.azureDevOps()).projects.list().toArray();
      return [...new Set(seen)];
    };
    const keys = await keysOf('ada');
    expect(keys.length).toBeGreaterThan(2);
    expect(await keysOf('ada-too')).toEqual(keys);
  });

  test('a sign-in’s calls in onConnected count against the account, too', async () => {
    const { gateway, context, visit } = await startGuideHost({
      gateway: { identify: async () => ({ id: '42', email: 'ada@example.com' }) },
      maxWaitMs: 0,
      onConnected: async ({ provider, client }) => {
        if (provider === 'ticktick')
          for (let call = 0; call < 30; call += 1) await failure(client.tasks.get('none'));
        return { userId: 'ada' };
      },
    });
    for (let signIn = 0; signIn < 2; signIn += 1) await visit('/auth/ticktick/authorize');
    let accepted = 0;
    for (let call = 0; call < 60; call += 1) {
      const error = await failure(context.user('ada').ticktick.tasks.get('none'));
      if (!(error instanceof RateLimitError)) accepted += 1;
    }
    expect(accepted).toBe(40);
    expect(gateway.requests.map(({ status }) => status)).not.toContain(429);
  });

  test('two accounts have a limit each, also of one user after the other', async () => {
    const { gateway, context } = await startGuideHost({ gateway: { identify }, maxWaitMs: 0 });
    const grace = gateway.addAccount('43', 'grace@example.com');
    const { connections, ticktick } = context.user('ada');
    await connections.connect('ticktick', { token: gateway.issueToken() });
    for (let call = 0; call < 99; call += 1) await ticktick.tasks.listOpen().toArray();
    await failure(ticktick.tasks.listOpen().toArray());
    await connections.connect('ticktick', { token: gateway.issueToken(grace) });
    await ticktick.tasks.listOpen().toArray();
  });

  test('a refusal under maxWaitMs: 0 is the service’s own, at once', async () => {
    const { gateway, context } = await startGuideHost({
      requestsPerMinute: 1,
      retry: { minDelayMs: 60_000, maxDelayMs: 60_000 },
    });
    const { connections, ticktick } = context.user('ada');
    await connections.connect('ticktick', { token: gateway.issueToken() });
    const error = await failure(ticktick.tasks.listAll({ maxWaitMs: 0 }).toArray());
    expect(error).toMatchObject({ code: 'rate_limited', status: 429, retryAfterMs: 7_000 });
    expect(String(error)).toContain('429');
    expect(gateway.requests.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  test('maxWaitMs of the context and of a call, also of the agenda', async () => {
    const limits = [{ limit: 1, intervalMs: 60_000 }];
    const { context, sandbox } = startContext({
      maxWaitMs: 0,
      providers: { ticktick: { limits } },
    });
    const { connections, ticktick } = context.user('ada');
    expect(
      await failure(connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() })),
    ).toMatchObject({
      code: 'rate_limited',
    });
    expect(() => startContext({ maxWaitMs: -1 }).context.user('ada').ticktick).toThrow(
      'maxWaitMs must be 0 or more',
    );
    expect(ticktick).toBeDefined();
  });

  test('an agenda that may not wait has the refusal among its errors', async () => {
    const { context, sandbox } = startContext();
    const { connections } = context.user('ada');
    await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    sandbox.faults.inject({ kind: 'status', status: 429, retryAfter: 30 }, { operation: 'task.filter' });
    const range = { from: '2026-11-30T00:00:00Z', to: '2026-12-01T00:00:00Z', timeZone: 'UTC' };
    const { errors } = await context.user('ada').agenda({ ...range, maxWaitMs: 0 });
    expect(errors.ticktick).toMatchObject({ code: 'rate_limited', status: 429, retryAfterMs: 30_000 });
  });
});
