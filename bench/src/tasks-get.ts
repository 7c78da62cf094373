import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inRounds } from './in-rounds.ts';
import { median } from './median.ts';
import { report } from './report.ts';
import { contenders } from './tasks-get/contenders.ts';
import { task } from './tasks-get/recorded-task.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 24);
const CALLS = Number(process.env['CALLS'] ?? 1000);

const server = fork(join(import.meta.dirname, 'tasks-get/server.ts'));
const [port] = (await once(server, 'message')) as [number];
const all = contenders(`http://127.0.0.1:${port}/open/v1`);

for (const [name, getTask] of Object.entries(all)) {
  const got = (await getTask()) as Partial<typeof task>;
  if (got.id !== task.id) throw new Error(`${name} got something else than the task.`);
}
await inRounds(all, { rounds: 3, calls: CALLS });
const times = await inRounds(all, { rounds: ROUNDS, calls: CALLS });
server.disconnect();

/** Of the two in the same round: what slowed one down slowed the other down as well. */
function ratioTo(other: Exclude<keyof typeof times, 'ours'>): number {
  return median(times.ours.map((time, round) => time / (times[other][round] ?? Number.NaN)));
}

const PER_CALL = { unit: 'µs', digits: 0 };
report(`tasks.get with its project: ${ROUNDS} rounds of ${CALLS} calls, medians`, [
  { what: 'bare fetch + JSON.parse', value: median(times.fetch), ...PER_CALL },
  { what: 'ky + .json()', value: median(times.ky), ...PER_CALL },
  { what: 'ticktick-node-api-oauth2', value: median(times.peer), ...PER_CALL },
  { what: 'ticktick-client', value: median(times.ours), ...PER_CALL },
  { what: 'ticktick-client / bare fetch', value: ratioTo('fetch'), goal: { atMost: 1.6 } },
  { what: 'ticktick-client / ky', value: ratioTo('ky'), goal: { atMost: 1.15 } },
  { what: 'ticktick-client / ticktick-node-api-oauth2', value: ratioTo('peer'), goal: { below: 1 } },
]);
