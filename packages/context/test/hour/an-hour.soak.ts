import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { HourOrder, HourReport } from './an-hour.ts';

const { USERS = '5000', MINUTES = '60', SEED = '1' } = process.env;
const INTERVAL_MS = 60_000;
/** Until a machine looks for what is due: `everyMs`. */
const LOOKED_FOR_MS = 5_000;
const LATEST_MS = 2 * INTERVAL_MS + LOOKED_FOR_MS;
/** What a machine may keep of an account that it meets for the first time: most with pushes are looked at once an hour. */
const ACCOUNT_BYTES = 6_000;

test(
  '24: an hour of 5,000 users on three machines that die, with services that hang, fail and recover',
  { timeout: 7_200_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'an-hour-'));
    const order: HourOrder = {
      users: Number(USERS),
      minutes: Number(MINUTES),
      seed: Number(SEED),
      database: join(folder, 'records.db'),
    };
    const run = fork(fileURLToPath(new URL('an-hour.ts', import.meta.url)), {
      execArgv: ['--conditions=@context-sdk/source'],
    });
    const reported = new Promise<HourReport>((resolve, reject) => {
      run.once('message', (report) => resolve(report as HourReport));
      run.once('exit', (code) => reject(new Error(`The run ended with ${code}.`)));
    });
    run.send(order);
    const report = await reported;
    await rm(folder, { recursive: true, force: true });
    // oxlint-disable-next-line no-console
    console.log(JSON.stringify(report, undefined, 1));
    const { judgment, measures, deaths, longestGapMs, longestGapOverDeathMs } = report;
    expect(judgment).toMatchObject({ lost: [], twice: [], strays: [] });
    expect(deaths).toBeGreaterThan(0);
    expect(judgment.latestMs).toBeLessThanOrEqual(LATEST_MS);
    expect(longestGapMs).toBeLessThanOrEqual(LATEST_MS);
    expect(longestGapOverDeathMs).toBeLessThanOrEqual(LATEST_MS);
    // In both, no service is in trouble: what waits for one is not there to be measured.
    const [early, late] = [measures[3], measures.at(-1)];
    const met = (late?.accounts ?? 0) - (early?.accounts ?? 0);
    expect((late?.heap ?? 0) - met * ACCOUNT_BYTES).toBeLessThanOrEqual(1.1 * (early?.heap ?? 0));
  },
);
