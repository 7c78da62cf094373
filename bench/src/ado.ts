import { join } from 'node:path';
import { type Contender, contenders, type Reader } from './ado/contenders.ts';
import { startServer } from './ado/server.ts';
import { freshProcesses } from './fresh-processes.ts';
import { median } from './median.ts';
import { report } from './report.ts';

const RUNS = Number(process.env['RUNS'] ?? 11);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const NAMES: readonly Contender[] = ['ours', 'nodeApi'];
const server = await startServer(10);

async function counted(work: () => Promise<unknown>) {
  server.forget();
  await work();
  return server.seen();
}

async function sequential(reader: Reader): Promise<number> {
  const startedAt = performance.now();
  for (let id = 1; id <= 200; id++) await reader.get(id);
  return performance.now() - startedAt;
}

const readers = { ours: await contenders.ours(server.url), nodeApi: await contenders.nodeApi(server.url) };
const twenty = Array.from({ length: 20 }, (_, index) => index + 1);
const thousand = Array.from({ length: 1000 }, (_, index) => 123_456_789 + index);
const first = {
  ours: await counted(() => readers.ours.get(1)),
  nodeApi: await counted(() => readers.nodeApi.get(1)),
};
const atOnce = {
  ours: await counted(() => Promise.all(twenty.map((id) => readers.ours.get(id)))),
  nodeApi: await counted(() => Promise.all(twenty.map((id) => readers.nodeApi.get(id)))),
};
const many = {
  ours: await counted(() => readers.ours.getMany(thousand)),
  nodeApi: await counted(() => readers.nodeApi.getMany(thousand)),
};
const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round++)
  ratios.push((await sequential(readers.ours)) / (await sequential(readers.nodeApi)));
const script = join(import.meta.dirname, 'ado/one-start.ts');
const imported = await freshProcesses(script, NAMES, { runs: RUNS });
const called = await freshProcesses(script, NAMES, { runs: RUNS, args: [server.url] });
server.close();

const COUNT = { digits: 0 };
const MS = { unit: 'ms', digits: 0 };
const isMet = report(
  `Azure DevOps beside azure-devops-node-api; 10 ms away, medians of ${RUNS} fresh processes`,
  [
    { what: 'first call: requests, ours', value: first.ours.requests, goal: { atMost: 1 }, ...COUNT },
    { what: 'first call: requests, theirs', value: first.nodeApi.requests, ...COUNT },
    { what: 'first call: connections, ours', value: first.ours.connections, ...COUNT },
    { what: 'first call: connections, theirs', value: first.nodeApi.connections, ...COUNT },
    { what: '20 at once: requests, ours', value: atOnce.ours.requests, goal: { atMost: 20 }, ...COUNT },
    { what: '20 at once: requests, theirs', value: atOnce.nodeApi.requests, ...COUNT },
    { what: '20 at once: connections, ours', value: atOnce.ours.connections, ...COUNT },
    { what: '20 at once: connections, theirs', value: atOnce.nodeApi.connections, ...COUNT },
    { what: '1,000 ids: requests, ours', value: many.ours.requests, goal: { atMost: 5 }, ...COUNT },
    { what: '1,000 ids: requests, theirs', value: many.nodeApi.requests, ...COUNT },
    { what: '1,000 ids: longest URL, ours', value: many.ours.longestUrl, unit: 'characters', ...COUNT },
    { what: '1,000 ids: longest URL, theirs', value: many.nodeApi.longestUrl, unit: 'characters', ...COUNT },
    { what: '200 gets, one after another: ours / theirs', value: median(ratios), goal: { atMost: 0.6 } },
    { what: 'import: ours', value: imported.ours, ...MS },
    { what: 'import: theirs', value: imported.nodeApi, ...MS },
    { what: 'import: ours / theirs', value: imported.ours / imported.nodeApi, goal: { atMost: 0.15 } },
    { what: 'process to first answer: ours', value: called.ours, ...MS },
    { what: 'process to first answer: theirs', value: called.nodeApi, ...MS },
    {
      what: 'process to first answer: ours / theirs',
      value: called.ours / called.nodeApi,
      goal: { atMost: 0.6 },
    },
  ],
);
process.exitCode = isMet ? 0 : 1;
