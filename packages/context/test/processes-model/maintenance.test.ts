import { afterEach, beforeAll, beforeEach, test } from 'vitest';
import { fakeTime, realTime } from './fake-time.ts';
import { loadMaintenance, runMaintenanceHistory } from './maintenance-history.ts';

beforeAll(loadMaintenance);
beforeEach(fakeTime);
afterEach(realTime);

test.each([1, 8])('17: no change of a task is lost or told late, seed %i', runMaintenanceHistory);
