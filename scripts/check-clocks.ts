// Runs the tests and the demo that depend on today's date under other dates: every weekday, around midnight and at noon,
// when a month, a year or summer time changes. `--all` runs each day at each hour, with the browser tests each time; `--suite`
// runs every test of the repository, once for each weekday.
import { join } from 'node:path';
import { type Check, type Findings, runChecks } from './lib/checks.ts';
import { run } from './lib/run.ts';

/** Month's end and start, year's end and start, and the Sundays on which Berlin's summer time starts and ends. */
const DAYS = [
  ['Monday', '2026-11-30'],
  ['Tuesday', '2026-12-01'],
  ['Wednesday', '2026-12-30'],
  ['Thursday', '2026-12-31'],
  ['Friday', '2027-01-01'],
  ['Saturday', '2027-03-27'],
  ['Sunday', '2027-03-28'],
  ['Sunday', '2027-10-31'],
] as const;
/** Around midnight in UTC and in Berlin, and at noon. */
const HOURS = ['00:05', '00:55', '12:00', '22:55', '23:50'] as const;
/** Parts of paths, as vitest takes them. */
const FILES = [
  'seed.test.ts',
  'packages/context/test/agenda/agenda',
  'packages/context/test/agenda/events',
  'packages/context/test/time',
];
/** Takes most of the time. */
const BROWSER_STORY = 'examples/express-server/test/story.test.ts';
/** A Sunday on which summer time begins. */
const STORY_DAY = '2027-03-28';
const PRELOAD = `--import=${join(import.meta.dirname, 'clocks', 'shift-date.ts')}`;
const TIMEOUT_MS = 300_000;
const SUITE_TIMEOUT_MS = 1_800_000;

function at(instant: string, timeoutMs = TIMEOUT_MS): (name: string, args: string[]) => Promise<string[]> {
  const env = { TEST_NOW: instant, NODE_OPTIONS: PRELOAD };
  return async (name, args) => {
    const { code, output } = await run(name, args, { env, timeoutMs });
    return code === 0 ? [] : [`${name} ${args.join(' ')}\n${output}`];
  };
}

/** The browser's story has the machine to itself: what it waits for is slow beside others. */
async function passes(instant: string, files: readonly string[], story: boolean): Promise<Findings> {
  const runs = at(instant);
  const problems = await Promise.all([
    runs('vitest', ['run', '--reporter=dot', ...files]),
    runs('npm', ['run', '--silent', 'demo']),
  ]);
  if (story) problems.push(await runs('vitest', ['run', '--reporter=dot', BROWSER_STORY]));
  return { problems: problems.flat() };
}

function instantOf(date: string, hour: string): string {
  return `${date}T${hour}:00Z`;
}

function partsOfSuite(all: boolean): Check[] {
  return DAYS.flatMap(([weekday, date], index): Check[] => {
    const hours = HOURS.filter((_, hour) => all || hour === index % HOURS.length);
    return hours.map((hour) => ({
      title: `${weekday} ${date}, ${hour} UTC`,
      run: () => passes(instantOf(date, hour), FILES, all || date === STORY_DAY),
    }));
  });
}

function wholeSuite(): Check[] {
  const firstOfEach = [...new Map(DAYS.toReversed())].toReversed();
  return firstOfEach.map(([weekday, date], index) => {
    const hour = HOURS[index % HOURS.length] ?? '';
    return {
      title: `all tests on ${weekday} ${date}, ${hour} UTC`,
      run: async () => ({
        problems: await at(instantOf(date, hour), SUITE_TIMEOUT_MS)('vitest', ['run', '--reporter=dot']),
      }),
    };
  });
}

const isAsked = (option: string): boolean => process.argv.includes(option);
await runChecks(isAsked('--suite') ? wholeSuite() : partsOfSuite(isAsked('--all')));
