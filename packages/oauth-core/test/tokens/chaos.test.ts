import { describe } from 'vitest';
import { chaosTests } from './processes/chaos-tests.ts';

describe.concurrent('I-24: processes are killed and stopped at random, and their store fails', () => {
  chaosTests({ processes: 3, workers: 4, seconds: 6 });
});
