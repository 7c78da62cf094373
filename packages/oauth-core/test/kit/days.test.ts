import { addDays, dayOf, startOfDay } from '@context-sdk/oauth-core/client-kit';
import { expect, test } from 'vitest';

test('26.7 the last day of four digits begins, and the day after it is no wrong one', () => {
  expect(startOfDay('9999-12-31', 'UTC')).toBe(Date.UTC(9999, 11, 31));
  expect(startOfDay('9999-12-31', 'Pacific/Kiritimati')).toBe(Date.UTC(9999, 11, 30, 10));
  expect(addDays('9999-12-31', 1)).toBe('+010000-01-01');
  expect(dayOf(Date.UTC(9999, 11, 31, 23), 'Pacific/Kiritimati')).toBe('+010000-01-01');
  expect(addDays('9999-12-31', -1)).toBe('9999-12-30');
});

test('26.7 a day that the calendar does not have is refused by name', () => {
  for (const day of ['2026-02-30', '2026-13-01', '+010000-01-01', '10000-01-01', '2026-2-3'])
    for (const run of [() => startOfDay(day, 'UTC'), () => addDays(day, 1)])
      expect(run).toThrow(
        expect.objectContaining({ name: 'InvalidRequestError', message: expect.stringMatching(/^day /) }),
      );
});
