import { describe } from 'vitest';
import { chaosTests } from './processes/chaos-tests.ts';
import { stressTests } from './processes/stress-tests.ts';

const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 60);
const HOUR_MS = 3_600_000;

describe('I-1: 6 processes × 8 workers with tokens of one second', () => {
  stressTests({ seconds: SECONDS, pauseMs: 100 });
});

describe('I-8, I-18: the same with clocks that are an hour fast, an hour slow, and right', () => {
  stressTests({
    seconds: SECONDS / 3,
    pauseMs: 100,
    clockOffsetMs: (process) => [0, HOUR_MS, -HOUR_MS][process % 3] ?? 0,
  });
});

describe('I-24: 6 processes × 8 workers that are killed and stopped at random, and whose store fails', () => {
  chaosTests({ processes: 6, workers: 8, seconds: SECONDS });
});
