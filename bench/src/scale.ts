// What maintenance, deliveries and the change feed cost at scale: docs/scaling.md quotes it. USERS (default 100,000), REDIS_URL and
// POSTGRES_URL can be set; a store without its URL is left out.
import { type Figure, report } from './report.ts';
import { requestsOfRepeatedAgenda } from './scale/agenda.ts';
import { deliveriesPerCpuSecond } from './scale/deliveries.ts';
import { bytesOfUnchangedPoll } from './scale/feed.ts';
import { dueShare, hangingService, machines, nothingDue } from './scale/maintenance.ts';
import { openStores } from './scale/open-stores.ts';

const USERS = Number(process.env['USERS'] ?? 100_000);
const WHOLE = { digits: 0 };

for (const { name, open, close } of await openStores()) {
  const idle = await nothingDue(await open(), USERS);
  const due = await dueShare(await open(), USERS / 5, 0.01);
  const one = await machines(open, 1, 500);
  const ten = await machines(open, 10, 500);
  report(`${name}, ${USERS.toLocaleString('en')} users`, [
    { what: 'a pass where nothing is due', value: idle.ms, unit: 'ms', digits: 1, goal: { atMost: 50 } },
    { what: 'its CPU', value: idle.cpuMs, unit: 'ms', digits: 1, goal: { atMost: 50 } },
    { what: 'its store operations', value: idle.operations, goal: { atMost: 10 }, ...WHOLE },
    {
      what: `1 % of ${(USERS / 5).toLocaleString('en')} due`,
      value: due.ms / 1000,
      unit: 's',
      digits: 2,
      goal: { atMost: 3 },
    },
    { what: 'its CPU', value: due.cpuMs / 1000, unit: 's', digits: 2 },
    {
      what: '500 users due, one machine (responses take 200 ms)',
      value: one.ms / 1000,
      unit: 's',
      digits: 2,
    },
    { what: 'its CPU', value: one.cpuMs / 1000, unit: 's', digits: 2 },
    { what: 'the same, ten machines in this process', value: ten.ms / 1000, unit: 's', digits: 2 },
    { what: 'their CPU', value: ten.cpuMs / 1000, unit: 's', digits: 2 },
    { what: 'of the time of one', value: ten.ms / one.ms, goal: { atMost: 0.2 } },
    {
      what: 'deliveries per CPU second, 64 at once',
      value: await deliveriesPerCpuSecond(await open()),
      ...WHOLE,
    },
  ]);
  await close();
}

const [alone, beside] = [await hangingService(0), await hangingService(4)];
const feed = await bytesOfUnchangedPoll(10_000);
const agenda = Object.entries(await requestsOfRepeatedAgenda());
report('In memory', [
  { what: '200 users polled, nothing hangs', value: alone, unit: 'ms', ...WHOLE },
  { what: '200 users polled beside 4 whose requests never end', value: beside, unit: 'ms', ...WHOLE },
  {
    what: 'bytes read by an unchanged poll of 10,000 tasks',
    value: feed,
    unit: 'B',
    goal: { atMost: 1000 },
    ...WHOLE,
  },
  ...agenda.map(([host, value]): Figure => ({
    what: `requests of a repeated agenda to ${host}`,
    value,
    ...WHOLE,
    ...(host === 'api.ticktick.com' && { goal: { atMost: 0 } }),
  })),
]);
process.exit();
