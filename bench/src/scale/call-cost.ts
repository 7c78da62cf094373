// Microseconds of CPU that `tasks.get` takes, and ky for the same, over a fetch that answers at once: what is left is our code and ky's.
// scale-before.ts runs this file in a worktree of an earlier commit, too. Prints the medians of rounds in turns.
import { TickTickClient } from '@context-sdk/ticktick-client';
import ky from 'ky';

const ROUNDS = 25;
const WARM_UP_ROUNDS = 3;
const CALLS = 2000;
const [id, projectId] = ['6ac94f5a8f089f376a258555', '6ac5b589bed7f77658a9a803'];
const text = JSON.stringify({
  id,
  projectId,
  sortOrder: -4398046511104,
  title: 'Water the plants on the balcony',
  startDate: '2026-10-11T09:00:00.000+0000',
  dueDate: '2026-10-11T09:00:00.000+0000',
  timeZone: 'Africa/Nairobi',
  isAllDay: false,
  priority: 0,
  reminders: ['TRIGGER:P0DT9H0M0S'],
  repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1',
  status: 0,
  items: [{ id: '6ac94f618f08929498a907b6', status: 0, title: 'fill the can', sortOrder: 0 }],
  etag: 'tzb2auwf',
  kind: 'CHECKLIST',
});
const length = String(Buffer.byteLength(text));
const headers = { 'content-type': 'application/json;charset=UTF-8', 'content-length': length };
const fetch = async (): Promise<Response> => new Response(text, { headers });
const LIMITS = [
  { limit: 1_000_000_000, intervalMs: 60_000 },
  { limit: 1_000_000_000, intervalMs: 300_000 },
];
const client = new TickTickClient({ auth: 'token', limits: LIMITS, fetch });
const url = `https://api.ticktick.com/open/v1/project/${projectId}/task/${id}`;
const callers = {
  ours: () => client.tasks.get({ id, projectId }) as Promise<unknown>,
  ky: () => ky(url, { headers: { authorization: 'Bearer token' }, fetch }).json(),
};

async function cpuOf(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < CALLS; count += 1) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

const costs = { ours: [] as number[], ky: [] as number[] };
for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1)
  for (const name of ['ours', 'ky'] as const) {
    const cost = await cpuOf(callers[name]);
    if (round >= 0) costs[name].push(cost);
  }
const middle = (values: number[]): number | undefined =>
  values.toSorted((one, other) => one - other)[ROUNDS >> 1];
console.log(JSON.stringify({ ours: middle(costs.ours), ky: middle(costs.ky) }));
process.exit();
