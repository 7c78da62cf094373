import { describe } from 'vitest';
import { stressTests } from './processes/stress-tests.ts';

/** The other stores have their turn in `chaos.test.ts`, and all of them in `dangers.test.ts` and `npm run soak`. */
describe('I-1: 6 processes × 8 workers with tokens of one second', () => {
  stressTests({ kinds: ['file', 'redis'], concurrent: true, seconds: 2, pauseMs: 400 });
});
