import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ItemsReader } from './ado/read-items.ts';
import { startServer } from './ado/server.ts';
import { median } from './median.ts';
import { report } from './report.ts';

const run = promisify(execFile);
const RUNS = Number(process.env['RUNS'] ?? 5);
const ITEMS = Number(process.env['ITEMS'] ?? 20_000);
const server = await startServer(10, ITEMS);
const script = join(import.meta.dirname, 'ado/read-items.ts');

interface Measured {
  seconds: number;
  /** Of the process, which other work on the machine doesn't lengthen. */
  cpuSeconds: number;
  mebibytes: number;
  requests: number;
  connections: number;
}

/** One fresh process that reads every item. */
async function measured(reader: ItemsReader): Promise<Measured> {
  server.forget();
  const { stdout } = await run(process.execPath, [script, reader, server.url]);
  const { items, ms, cpuMs, maxRssKibibytes } = JSON.parse(stdout) as Record<string, number>;
  if (items !== ITEMS) throw new Error(`${reader} read ${items} items.`);
  const { requests, connections } = server.seen();
  return {
    seconds: (ms ?? 0) / 1000,
    cpuSeconds: (cpuMs ?? 0) / 1000,
    mebibytes: (maxRssKibibytes ?? 0) / 1024,
    requests,
    connections,
  };
}

const pairs: Record<ItemsReader, Measured>[] = [];
for (let turn = 0; turn < RUNS; turn += 1) {
  // In turns, each first in every other pair, so that both see the machine alike.
  const order: readonly ItemsReader[] = turn % 2 === 0 ? ['ours', 'nodeApi'] : ['nodeApi', 'ours'];
  const pair: Partial<Record<ItemsReader, Measured>> = {};
  for (const reader of order) pair[reader] = await measured(reader);
  pairs.push(pair as Record<ItemsReader, Measured>);
}
server.close();

const of = (reader: ItemsReader, what: keyof Measured): number =>
  median(pairs.map((pair) => pair[reader][what]));
const ratio = (what: keyof Measured): number =>
  median(pairs.map(({ ours, nodeApi }) => ours[what] / nodeApi[what]));
const COUNT = { digits: 0 };
report(`${ITEMS.toLocaleString('en')} items by query, 10 ms away; medians of ${RUNS} pairs in turns`, [
  { what: 'requests, ours', value: of('ours', 'requests'), ...COUNT },
  { what: 'requests, theirs', value: of('nodeApi', 'requests'), ...COUNT },
  { what: 'connections, ours', value: of('ours', 'connections'), ...COUNT },
  { what: 'connections, theirs', value: of('nodeApi', 'connections'), ...COUNT },
  { what: 'time, ours', value: of('ours', 'seconds'), unit: 's' },
  { what: 'time, theirs', value: of('nodeApi', 'seconds'), unit: 's' },
  { what: 'time: ours / theirs', value: ratio('seconds') },
  { what: 'CPU of the process, ours', value: of('ours', 'cpuSeconds'), unit: 's' },
  { what: 'CPU of the process, theirs', value: of('nodeApi', 'cpuSeconds'), unit: 's' },
  { what: 'CPU: ours / theirs', value: ratio('cpuSeconds') },
  { what: 'memory at most, ours', value: of('ours', 'mebibytes'), unit: 'MiB', ...COUNT },
  { what: 'memory at most, theirs', value: of('nodeApi', 'mebibytes'), unit: 'MiB', ...COUNT },
  { what: 'memory: ours / theirs', value: ratio('mebibytes') },
]);
