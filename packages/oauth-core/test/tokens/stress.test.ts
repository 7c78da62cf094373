import { describe } from 'vitest';
import { stressTests } from './processes/stress-tests.ts';

describe('I-1: 6 processes × 8 workers with tokens of one second', () => {
  // Two stores share the time; four would only wait for the processor.
  describe('on one machine', () => {
    stressTests({ kinds: ['sqlite', 'file'], concurrent: true, seconds: 2, pauseMs: 400 });
  });
  describe('on many', () => {
    stressTests({ kinds: ['redis', 'postgres'], concurrent: true, seconds: 2, pauseMs: 400 });
  });
});
