import { addDays } from '@context-sdk/oauth-core/client-kit';
import { type TaskDates, taskDays, taskSchedule } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const FIRST_DAY = '2026-01-01';
const TWO_YEARS = 730;
const TASKS = 50;

/** Days of any zone: over two years, every change of every zone's clocks is among them. */
const SPAN = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  from: fc.nat(TWO_YEARS).map((days) => addDays(FIRST_DAY, days)),
  length: fc.constantFrom(0, 0, 1, 2, 6, 30),
});

function datesOf(task: TaskDates | undefined): unknown[] {
  return [task?.startDate, task?.dueDate, task?.isAllDay, task?.timeZone];
}

test('18.oracle: random spans in all zones: the app, taskDays, the agenda and a round trip agree', async () => {
  const { sandbox, connectedUser } = startContext({
    sandbox: { seed: 'empty', ticktick: { rateLimits: [] }, azureDevOps: { seed: 'empty' } },
  });
  const user = await connectedUser();
  const client = user.ticktick;
  const phone = sandbox.ticktick.testUser();
  await fc.assert(
    fc.asyncProperty(
      fc.array(SPAN, { minLength: TASKS, maxLength: TASKS }),
      fc.nat(TWO_YEARS),
      async (spans, at) => {
        for (const task of phone.tasks()) phone.deleteTask(task.id);
        const inputs = spans.map(({ timeZone, from, length }, index) => ({
          title: String(index),
          schedule: {
            from: { date: from, timeZone },
            to: { date: addDays(from, length), timeZone },
          },
        }));
        const outcomes = await client.tasks.createMany(inputs);
        // A day that its zone skips is refused, and nothing else.
        const made = outcomes.flatMap((outcome, index) =>
          outcome.status === 'ok' ? [{ index, id: outcome.id }] : [],
        );
        expect(made.length).toBeGreaterThan(TASKS - 2);
        const [windowFrom, windowTo] = [addDays(FIRST_DAY, at), addDays(FIRST_DAY, at + 21)];
        const agenda = await user.agenda({
          from: `${windowFrom}T00:00:00Z`,
          to: `${windowTo}T00:00:00Z`,
          timeZone: 'UTC',
        });
        const schedules = made.map(({ id }) => ({
          title: 'again',
          schedule: taskSchedule(phone.task(id) ?? {}),
        }));
        const again = await client.tasks.createMany(schedules);
        const shown = new Map(agenda.items.map((item) => [item.title, item]));
        for (const [position, { index, id }] of made.entries()) {
          const { from, length } = spans[index] ?? { from: '', length: 0 };
          const days = { first: from, last: addDays(from, length) };
          const task = phone.task(id);
          if (!task) throw new Error('The task is gone');
          expect(phone.shownDays(id)).toEqual(days);
          expect(taskDays(task)).toEqual(days);
          const outcome = again[position];
          const copy = outcome?.status === 'ok' ? phone.task(outcome.id) : undefined;
          expect(datesOf(copy)).toEqual(datesOf(task));
          const isInWindow = days.first < windowTo && days.last >= windowFrom;
          const item = shown.get(String(index));
          expect(item && [item.day, 'endDay' in item && item.endDay]).toEqual(
            isInWindow ? [days.first, addDays(days.last, 1)] : undefined,
          );
        }
      },
    ),
    { numRuns: 8 },
  );
});
