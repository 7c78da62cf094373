import { describe } from 'vitest';
import { chaosTests } from './processes/chaos-tests.ts';

describe.concurrent('I-24: processes are killed and stopped at random, and their store fails', () => {
  chaosTests(6);
});
