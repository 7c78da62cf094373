import { describe } from 'vitest';
import { chaosTests } from './processes/chaos-tests.ts';

/** The other stores have their turn in `stress.test.ts`, and all of them in `dangers.test.ts` and `npm run soak`. */
describe.concurrent('I-24: processes are killed and stopped at random, and their store fails', () => {
  chaosTests({ kinds: ['sqlite', 'postgres'], processes: 3, workers: 4, seconds: 6 });
});
