import { afterEach, beforeAll, beforeEach, test } from 'vitest';
import { fakeTime, realTime } from './fake-time.ts';
import { loadMaintenance, runMaintenanceHistory } from './maintenance-history.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 100);
const FIRST = Number(process.env['MODEL_SEED'] ?? 1);
const SEEDS = Array.from({ length: RUNS }, (_, index) => FIRST + index);

beforeAll(loadMaintenance);
beforeEach(fakeTime);
afterEach(realTime);

test.each(SEEDS)('17: no change of a task is lost or told late, seed %i', runMaintenanceHistory, 120_000);
