// What users with all three services take of a store, of the services and of processes: docs/scaling.md quotes it.
import { type Figure, report } from './report.ts';
import { type Day, simulateDay } from './scale/day.ts';

const DAY_S = 86_400;
const WHOLE = { digits: 0 };

function figuresOf(users: number, { operations, requests, cpuMs, bytes }: Day): Figure[] {
  const perSecond = (perDay: number): number => (perDay * users) / DAY_S;
  const all = Object.values(requests).reduce((sum, count) => sum + count, 0);
  return [
    { what: 'store operations', value: perSecond(operations), unit: '/s', ...WHOLE },
    { what: 'requests to services', value: perSecond(all), unit: '/s', ...WHOLE },
    { what: 'cores, emulated services included', value: perSecond(cpuMs / 1000), digits: 1 },
    { what: 'records in the store', value: (bytes * users) / 1e6, unit: 'MB', ...WHOLE },
  ];
}

const WAYS = [
  ['polling every minute', { pushes: false }],
  ['polling, quiet accounts every 15 minutes at most', { pushes: false, maxPollEveryMs: 900_000 }],
  ['pushes where services have them', { pushes: true }],
] as const;

for (const [way, options] of WAYS) {
  const day = await simulateDay(options);
  report(`One user and day, ${way}`, [
    { what: 'store operations', value: day.operations, ...WHOLE },
    ...Object.entries(day.requests).map(([host, value]): Figure => ({ what: host, value, ...WHOLE })),
    { what: 'events told', value: day.events, ...WHOLE },
    { what: 'CPU, emulated services included', value: day.cpuMs, unit: 'ms', ...WHOLE },
    { what: 'records in the store', value: day.bytes, unit: 'B', ...WHOLE },
  ]);
  for (const users of [1_000, 100_000, 1_000_000])
    report(`${users.toLocaleString('en')} users, ${way}`, figuresOf(users, day));
}
process.exit();
