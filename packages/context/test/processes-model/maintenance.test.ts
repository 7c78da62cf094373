import { memoryStore } from '@context-sdk/oauth-core';
import { memorySchedule } from '@context-sdk/oauth-core/store-kit';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Dice } from './dice.ts';
import { fakeTime, letPass, realTime, settled } from './fake-time.ts';
import { CALM, HostProcess } from './host-process.ts';
import { loadMaintenance, runMaintenanceHistory } from './maintenance-history.ts';

const MINUTE_MS = 60_000;
const never = new Promise<never>(() => undefined);

beforeAll(loadMaintenance);
beforeEach(fakeTime);
afterEach(realTime);

test.each([1, 8])('17: no change of a task is lost or told late, seed %i', runMaintenanceHistory);

test.each([
  ['as it asked the service', 1],
  ['with the response in its hands', 2],
])('24: what a machine began that died %s is done by another within a minute', async (_, diesAt) => {
  const sandbox = createSandbox({
    seed: 'empty',
    sleep: async () => undefined,
    ticktick: { rateLimits: [] },
  });
  const requests: { by: HostProcess; at: number }[] = [];
  const traffic = {
    onRequest(host: string, by: HostProcess) {
      if (host !== 'api.ticktick.com') return () => undefined;
      requests.push({ by, at: Date.now() });
      if (by === doomed && requests.length > 2) by.meets({ ...CALM, diesAt });
      return () => undefined;
    },
  };
  const parts = { sandbox, store: memoryStore(), dice: new Dice(1), traffic };
  const schedule = memorySchedule();
  const doomed: HostProcess = new HostProcess(parts, {
    schedule: {
      ...schedule,
      claim: async (claim) => (doomed.isDead ? await never : await schedule.claim(claim)),
    },
  });
  const other = new HostProcess(parts, { schedule });
  const { connections } = doomed.context.user('ada');
  const token = sandbox.ticktick.issueApiToken();
  await settled([{ by: doomed, work: connections.connect('ticktick', { token }) }]);
  doomed.context.startMaintenance();
  void doomed.death.then(() => other.context.startMaintenance());
  await letPass(6 * MINUTE_MS);
  const asked = requests.findIndex(({ by }) => by === other);
  const [last, next] = [requests[asked - 1]?.at ?? Number.NaN, requests[asked]?.at ?? Number.NaN];
  expect(next - last).toBeLessThan(MINUTE_MS);
});
