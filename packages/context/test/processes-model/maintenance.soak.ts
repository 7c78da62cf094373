import { soakSeeds } from '@context-sdk/test-support/soak';
import { afterEach, beforeAll, beforeEach, test } from 'vitest';
import { fakeTime, realTime } from './fake-time.ts';
import { loadMaintenance, runMaintenanceHistory } from './maintenance-history.ts';

const SEEDS = soakSeeds(1, 100);

beforeAll(loadMaintenance);
beforeEach(fakeTime);
afterEach(realTime);

test.each(SEEDS)('17: no change of a task is lost or told late, seed %i', runMaintenanceHistory, 120_000);
