// Counts the files and named functions of ours that one warm call goes through: node --conditions=@context-sdk/source src/hops.ts
import { countHops, type Prepare } from './hops/count-hops.ts';
import { HOST_CALLS } from './hops/host-calls.ts';
import { SINGLE_REQUESTS } from './hops/single-requests.ts';

/** At most so many files and functions. */
const GOALS: Record<string, readonly [number, number]> = {
  'tasks.get': [18, 45],
  'events.create': [22, 55],
  'workItems.update': [24, 60],
};

const calls: Record<string, () => Prepare | Promise<Prepare>> = { ...SINGLE_REQUESTS, ...HOST_CALLS };

console.log('Own files entered / named functions called by one warm call');
for (const [name, start] of Object.entries(calls)) {
  const hops = await countHops(await start());
  const total = (key: 'files' | 'functions'): number =>
    [...hops.values()].reduce((sum, { [key]: value }) => sum + value, 0);
  const split = [...hops].map(([one, counted]) => `${one} ${counted.files}/${counted.functions}`);
  const goal = GOALS[name];
  const isMet = goal !== undefined && total('files') <= goal[0] && total('functions') <= goal[1];
  const verdict = goal === undefined ? '' : `≤ ${goal[0]} / ${goal[1]} ${isMet ? 'pass' : 'MISS'}`;
  const figures = `${String(total('files')).padStart(3)} / ${String(total('functions')).padEnd(3)}`;
  console.log(`${name.padEnd(21)} ${figures} ${verdict.padEnd(16)} ${split.toSorted().join(', ')}`);
}
