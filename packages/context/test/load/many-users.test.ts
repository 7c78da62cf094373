import { expect, test } from 'vitest';
import { runLoad } from './many-users.ts';

test('40 users × 3 services through one handler with 1 % faults: no stranger’s data, no lost event', async () => {
  const report = await runLoad({ users: 40, marks: [200] });
  expect(report).toMatchObject({
    requests: 200,
    strangers: [],
    surprises: [],
    lostEvents: 0,
    strayEvents: 0,
  });
});
