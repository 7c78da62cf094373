import { describeForUser, type User } from '@context-sdk/context';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { startContext } from './support/start-context.ts';

const DAY_SECONDS = 86_400;
const RANGE = { from: '2099-03-01T00:00:00Z', to: '2099-03-08T00:00:00Z' };

const CALLS: [service: string, host: string, call: (user: User) => Promise<unknown>][] = [
  ['TickTick', 'api.ticktick.com', (user) => user.ticktick.projects.list()],
  ['Google Calendar', 'www.googleapis.com', (user) => user.calendar.calendars.get()],
  ['Gmail', 'gmail.googleapis.com', (user) => user.gmail.drafts.list().toArray()],
  ['Azure DevOps', 'dev.azure.com', async (user) => await (await user.azureDevOps()).workItems.getMany([1])],
];

test.each(CALLS)(
  '20.1: %s asks for a day: one request, its own error, the true time',
  async (_, host, call) => {
    const { sandbox, connectedUser } = startContext();
    const user = await connectedUser();
    sandbox.clearRequests();
    for (const status of [429, 503]) {
      sandbox.faults.inject({ kind: 'status', status, retryAfter: DAY_SECONDS }, { host });
      const before = Date.now();
      const error = await failure(call(user));
      expect(error).toMatchObject({ status, retryAfterMs: DAY_SECONDS * 1000 });
      const { retryAt = 0 } = error as { retryAt?: number };
      expect(retryAt).toBeGreaterThanOrEqual(before + DAY_SECONDS * 1000);
      expect(retryAt).toBeLessThanOrEqual(Date.now() + DAY_SECONDS * 1000);
      expect(describeForUser(error)).toMatchObject({ retryAt });
    }
    expect(sandbox.requests.filter((request) => request.host === host)).toHaveLength(2);
    // What was asked for holds no other call.
    await call(user);
  },
);

test('20.1: the agenda tells of a service that asks for a day, and has the rest', async () => {
  const { sandbox, connectedUser } = startContext({ sandbox: { seed: 'demo' } });
  const user = await connectedUser();
  const refused = { kind: 'status', status: 429, retryAfter: DAY_SECONDS } as const;
  sandbox.faults.inject(refused, { host: 'dev.azure.com', rate: 1 });
  const { errors } = await user.agenda({ ...RANGE, timeZone: 'UTC' });
  expect(errors).toMatchObject({ 'azure-devops': { status: 429, retryAfterMs: DAY_SECONDS * 1000 } });
});
