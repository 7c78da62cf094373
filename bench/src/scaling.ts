import { report } from './report.ts';
import { countOperations } from './scaling/count-operations.ts';
import { redisMemory } from './scaling/redis-memory.ts';
import { refreshHerd } from './scaling/refresh-herd.ts';

const MILLION = 1_000_000;
/** Google and Azure DevOps give tokens of an hour; TickTick's live for half a year. */
const REFRESHED_PER_USER = 2;
const CONNECTIONS_PER_USER = 3;

const operations = await countOperations();
const memory = await redisMemory();
const WHOLE = { digits: 0 };
report('What one thing takes of the store, counted', [
  { what: 'sign-in, from authorize to callback', value: operations.signIn, ...WHOLE },
  { what: 'refresh of a token, with its lease', value: operations.refresh, ...WHOLE },
  { what: 'a pass of maintenance where nothing is due, for all users', value: operations.idlePass, ...WHOLE },
  { what: 'poll of calendar and mailbox', value: operations.poll, ...WHOLE },
  { what: 'poll of TickTick', value: operations.tickTickPoll, ...WHOLE },
  { what: 'delivery of an event', value: operations.delivery, ...WHOLE },
  { what: 'Redis: a record of tokens', value: memory.tokens, unit: 'B', ...WHOLE },
  {
    what: 'Redis: limits of a TickTick account with 100 requests in the last minute',
    value: memory.busyLimiter,
    unit: 'B',
    ...WHOLE,
  },
]);

for (const users of [1_000, 100_000, MILLION]) {
  const herd = refreshHerd(Math.min(users, 200_000), 6, 0.2);
  const still = refreshHerd(Math.min(users, 200_000), 6, 0);
  const scale = users / Math.min(users, 200_000);
  const refreshes = herd.even * scale * REFRESHED_PER_USER;
  report(`${users.toLocaleString('en')} users with all three services, looked after every minute`, [
    { what: 'refreshes, spread evenly', value: refreshes, unit: '/s', digits: 1 },
    {
      what: 'refreshes of one provider in the worst second after an outage',
      value: (herd.peaks[0] ?? 0) * scale,
      unit: '/s',
      ...WHOLE,
    },
    { what: 'the same without jitter', value: (still.peaks[0] ?? 0) * scale, unit: '/s', ...WHOLE },
    { what: 'six hours later, with jitter', value: (herd.peaks.at(-1) ?? 0) * scale, unit: '/s', ...WHOLE },
    { what: 'six hours later, without', value: (still.peaks.at(-1) ?? 0) * scale, unit: '/s', ...WHOLE },
    { what: 'store: refreshes', value: refreshes * operations.refresh, unit: 'operations/s', ...WHOLE },
    {
      what: 'store: polling calendars and mailboxes every minute',
      value: (users / 60) * operations.poll,
      unit: 'operations/s',
      ...WHOLE,
    },
    {
      what: 'store: pushes instead, ten events per user and day',
      value: ((users * 10) / 86_400) * operations.delivery,
      unit: 'operations/s',
      ...WHOLE,
    },
    {
      what: 'Redis: tokens',
      value: (users * CONNECTIONS_PER_USER * memory.tokens) / 1e6,
      unit: 'MB',
      ...WHOLE,
    },
    {
      what: 'Redis: limits, 1 % of the users busy at once',
      value: (users * 0.01 * memory.busyLimiter) / 1e6,
      unit: 'MB',
      digits: 1,
    },
    { what: 'TickTick: polls of 100 requests a minute and account', value: 1, unit: '%', ...WHOLE },
  ]);
}
process.exit();
