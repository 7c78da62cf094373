import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Contender, contenders } from './google/contenders.ts';
import { startServer } from './google/start-server.ts';
import { median } from './median.ts';
import { report } from './report.ts';

const RUNS = Number(process.env['RUNS'] ?? 15);
const names = Object.keys(contenders) as Contender[];

/** Milliseconds that a fresh Node takes from start to end. */
function timed(...args: string[]): number {
  const startedAt = performance.now();
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - startedAt;
}

/** In turns, so that all see the machine alike; without what the script takes that loads nothing. */
function inTurns(...args: string[]): Record<Contender, number> {
  const script = join(import.meta.dirname, 'google/one-start.ts');
  const bare: number[] = [];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let run = 0; run < RUNS; run++) {
    bare.push(timed(script, 'nobody'));
    for (const [name, measured] of times) measured.push(timed(script, name, ...args));
  }
  const net = (name: Contender): number => median(times.get(name) ?? []) - median(bare);
  return { ours: net('ours'), perApi: net('perApi'), googleapis: net('googleapis') };
}

const server = await startServer();
const imported = inTurns();
const called = inTurns(server.root);
server.close();

const MS = { unit: 'ms', digits: 0 };
report(`Google, cold: medians of ${RUNS} fresh processes, over one that loads nothing`, [
  { what: 'import: ours', value: imported.ours, ...MS },
  { what: 'import: @googleapis/calendar + gmail', value: imported.perApi, ...MS },
  { what: 'import: googleapis', value: imported.googleapis, ...MS },
  { what: 'import: ours / googleapis', value: imported.ours / imported.googleapis, goal: { atMost: 0.05 } },
  { what: 'import: ours / per-API', value: imported.ours / imported.perApi, goal: { atMost: 0.2 } },
  { what: 'first answered call: ours', value: called.ours, ...MS },
  { what: 'first answered call: @googleapis/calendar', value: called.perApi, ...MS },
  { what: 'first answered call: googleapis', value: called.googleapis, ...MS },
  { what: 'first call: ours / googleapis', value: called.ours / called.googleapis, goal: { atMost: 0.35 } },
  { what: 'first call: ours / per-API', value: called.ours / called.perApi, goal: { below: 1 } },
]);
