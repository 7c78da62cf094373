import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SyncReader } from './google/sync-events.ts';
import { median } from './median.ts';
import { report } from './report.ts';

const run = promisify(execFile);
const RUNS = Number(process.env['RUNS'] ?? 3);
const EVENTS = Number(process.env['EVENTS'] ?? 50_000);
const ROUNDS = 5;
const folder = join(import.meta.dirname, 'google');

interface Measured {
  seconds: number;
  cpuSeconds: number;
  mebibytes: number;
  /** Of the first sync, and of each round of changes. */
  first: number;
  round: number;
}

/** A fresh process, with a Google of its own, that syncs all events and five rounds of changes. */
async function measured(reader: SyncReader): Promise<Measured> {
  const google = fork(join(folder, 'many-events.ts'), [String(EVENTS)]);
  const [port] = (await once(google, 'message')) as [number];
  const args = [join(folder, 'sync-events.ts'), reader, `http://127.0.0.1:${port}`, String(ROUNDS)];
  const { stdout } = await run(process.execPath, args);
  google.disconnect();
  const { events, ms, cpuMicroseconds, maxRssKibibytes, requests } = JSON.parse(stdout) as {
    events: number;
    ms: number;
    cpuMicroseconds: number;
    maxRssKibibytes: number;
    requests: number[];
  };
  if (events !== EVENTS) throw new Error(`${reader} knows ${events} events.`);
  return {
    seconds: ms / 1000,
    cpuSeconds: cpuMicroseconds / 1_000_000,
    mebibytes: maxRssKibibytes / 1024,
    first: requests[0] ?? 0,
    round: median(requests.slice(1)),
  };
}

const pairs: Record<SyncReader, Measured>[] = [];
for (let turn = 0; turn < RUNS; turn += 1) {
  const order: readonly SyncReader[] = turn % 2 === 0 ? ['ours', 'theirs'] : ['theirs', 'ours'];
  const pair: Partial<Record<SyncReader, Measured>> = {};
  for (const reader of order) pair[reader] = await measured(reader);
  pairs.push(pair as Record<SyncReader, Measured>);
}

const of = (reader: SyncReader, what: keyof Measured): number =>
  median(pairs.map((pair) => pair[reader][what]));
const ratio = (what: keyof Measured): number =>
  median(pairs.map(({ ours, theirs }) => ours[what] / theirs[what]));
const COUNT = { digits: 0 };
report(
  `${EVENTS.toLocaleString('en')} events, then ${ROUNDS} rounds with 10 % changes, beside @googleapis/calendar; medians of ${RUNS} pairs`,
  [
    { what: 'requests of the first sync, ours', value: of('ours', 'first'), ...COUNT },
    { what: 'requests of the first sync, theirs', value: of('theirs', 'first'), ...COUNT },
    { what: 'requests of a round, ours', value: of('ours', 'round'), ...COUNT },
    { what: 'requests of a round, theirs', value: of('theirs', 'round'), ...COUNT },
    { what: 'time, ours', value: of('ours', 'seconds'), unit: 's' },
    { what: 'time, theirs', value: of('theirs', 'seconds'), unit: 's' },
    { what: 'time: ours / theirs', value: ratio('seconds') },
    { what: 'CPU of the process, ours', value: of('ours', 'cpuSeconds'), unit: 's' },
    { what: 'CPU of the process, theirs', value: of('theirs', 'cpuSeconds'), unit: 's' },
    { what: 'CPU: ours / theirs', value: ratio('cpuSeconds') },
    { what: 'memory at most, ours', value: of('ours', 'mebibytes'), unit: 'MiB', ...COUNT },
    { what: 'memory at most, theirs', value: of('theirs', 'mebibytes'), unit: 'MiB', ...COUNT },
    { what: 'memory: ours / theirs', value: ratio('mebibytes') },
  ],
);
