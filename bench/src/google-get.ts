import { contenders } from './google/contenders.ts';
import { startServer } from './google/start-server.ts';
import { inRounds } from './in-rounds.ts';
import { median } from './median.ts';
import { report } from './report.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 24);
const CALLS = Number(process.env['CALLS'] ?? 500);

const server = await startServer();
const all = {
  ours: await contenders.ours(server.root),
  perApi: await contenders.perApi(server.root),
  googleapis: await contenders.googleapis(server.root),
};
await inRounds(all, { rounds: 3, calls: CALLS });
const times = await inRounds(all, { rounds: ROUNDS, calls: CALLS });
server.close();

/** Of the two in the same round: what slowed one down slowed the other down as well. */
function ratioTo(other: 'perApi' | 'googleapis'): number {
  return median(times.ours.map((time, round) => time / (times[other][round] ?? Number.NaN)));
}

const PER_CALL = { unit: 'µs', digits: 0 };
report(`events.get: ${ROUNDS} rounds of ${CALLS} calls, medians`, [
  { what: '@googleapis/calendar', value: median(times.perApi), ...PER_CALL },
  { what: 'googleapis', value: median(times.googleapis), ...PER_CALL },
  { what: 'ours', value: median(times.ours), ...PER_CALL },
  { what: 'ours / @googleapis/calendar', value: ratioTo('perApi'), goal: { atMost: 1.05 } },
  { what: 'ours / googleapis', value: ratioTo('googleapis'), goal: { atMost: 1.05 } },
]);
