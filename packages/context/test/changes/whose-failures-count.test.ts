import type { Context } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { googleTokens, startContext } from '../support/start-context.ts';

const MINUTE_MS = 60_000;

beforeEach(stopClocks);
afterEach(() => void vi.useRealTimers());

function urlOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input);
}

function idsOf(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index}`);
}

describe('24.cron: an account that the service was not asked for says nothing of the service', () => {
  test.each(['never had a refresh token', 'revoked the tokens'])('a user who %s', async (how) => {
    const inner = memoryStore();
    const sandbox = createSandbox({ seed: 'empty' });
    const calendar = { isDown: false, requests: 0 };
    const newProcess = (): Context =>
      startContext({
        emulated: sandbox,
        store: { ...inner },
        push: false,
        fetch: async (input, init) => {
          if (!urlOf(input).includes('/calendar/v3/')) return await sandbox.fetch(input, init);
          calendar.requests += 1;
          return calendar.isDown ? new Response('', { status: 503 }) : await sandbox.fetch(input, init);
        },
      }).context;
    const users = idsOf('user', 20);
    const first = newProcess();
    const connect = async (id: string, isGood: boolean): Promise<void> => {
      const good = googleTokens(sandbox);
      const { refreshToken: _, ...tokens } = good;
      const useless = how === 'revoked the tokens' ? { refreshToken: 'revoked' } : {};
      const set = isGood ? good : { ...tokens, ...useless, expiresAt: Date.now() - 1 };
      await fastForward(first.user(id).connections.import('google', set, { account: { id } }));
    };
    for (const id of users) await connect(id, true);
    await fastForward(first.runMaintenance());
    calendar.isDown = true;
    for (let pass = 0; pass < 6; pass += 1) {
      await connect(`useless-${pass}`, false);
      vi.advanceTimersByTime(MINUTE_MS);
      calendar.requests = 0;
      await fastForward(newProcess().runMaintenance());
      // The first pass finds out. A poll asks twice.
      if (pass > 0) expect(calendar.requests).toBeLessThanOrEqual(2);
    }
  });
});

test('24.cron: events that a dead process was handling do not count as a service that is down', async () => {
  const inner = memoryStore();
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const told: string[] = [];
  const process = (onEvent: (id: string) => Promise<void>): Context =>
    startContext({
      emulated: sandbox,
      store: { ...inner },
      push: false,
      onEvent: async ({ userId = '' }) => await onEvent(userId),
    }).context;
  const users = idsOf('user', 10);
  const dying = process(async () => await new Promise(() => undefined));
  for (const id of users) {
    const token = sandbox.ticktick.issueApiToken();
    await fastForward(dying.user(id).connections.connect('ticktick', { token }));
  }
  await fastForward(dying.runMaintenance());
  sandbox.ticktick.testUser().createTask({ title: 'new' });
  vi.advanceTimersByTime(2 * MINUTE_MS);
  // Nine are under way as the process dies.
  const handled = users.slice(0, 9);
  for (const id of handled) void dying.maintain(jobOf(id)).catch(() => undefined);
  await vi.waitFor(async () => expect(await inner.list('delivery/')).toHaveLength(handled.length));
  const newProcess = (): Context => process(async (id) => void told.push(id));
  // As if its leases were over, and those of the events not yet.
  for (const id of handled) {
    await inner.delete(`feed/${id}/ticktick`);
    await fastForward(newProcess().maintain(jobOf(id)));
  }
  await fastForward(newProcess().maintain(jobOf('user-9')));
  expect(told).toEqual(['user-9']);
});

describe.each(['that lives long', 'for each pass'])('24.cron: with a process %s', (mode) => {
  test('an organization that is down keeps no other from being polled', async () => {
    const inner = memoryStore();
    const organizations = ['down-org', 'up-org'];
    const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', organizations } });
    let isDown = false;
    const asked = { down: 0, up: 0 };
    const newProcess = (): Context =>
      startContext({
        emulated: sandbox,
        store: { ...inner },
        push: false,
        providers: { azureDevOps: {} },
        fetch: async (input, init) => {
          const name = urlOf(input).includes('/down-org/') ? 'down' : 'up';
          asked[name] += 1;
          if (isDown && name === 'down') return new Response('', { status: 503 });
          return await sandbox.fetch(input, init);
        },
      }).context;
    let context = newProcess();
    const connect = async (id: string, organization: string): Promise<void> => {
      const token = sandbox.azureDevOps.issuePat({ organization });
      const organizationUrl = `https://dev.azure.com/${organization}`;
      const { connections } = context.user(id);
      await fastForward(connections.connect('azure-devops', { token, organizationUrl }));
    };
    for (const id of idsOf('user', 20)) await connect(id, 'down-org');
    await connect('other', 'up-org');
    const pass = async (): Promise<void> => {
      if (mode === 'for each pass') context = newProcess();
      await fastForward(context.runMaintenance({ pollEveryMs: MINUTE_MS }));
    };
    await pass();
    isDown = true;
    for (let minute = 0; minute < 10; minute += 1) {
      vi.advanceTimersByTime(MINUTE_MS);
      Object.assign(asked, { down: 0, up: 0 });
      await pass();
      expect(asked.up).toBeGreaterThan(0);
      // The first pass finds out.
      if (minute > 0) expect(asked.down).toBeLessThanOrEqual(5);
    }
  });
});

function jobOf(userId: string): string {
  return `connection/${userId}/ticktick/default`;
}
