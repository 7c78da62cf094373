import { addDays, DAY_MS, offsetAt, startOfDay } from '@context-sdk/oauth-core/client-kit';
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

test('18.oracle: random spans in all zones: the app, taskDays, any viewer’s agenda and a round trip agree', async () => {
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
      fc.constantFrom(...ZONES),
      async (spans, at, viewer) => {
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
          from: new Date(startOfDay(windowFrom, viewer)),
          to: new Date(startOfDay(windowTo, viewer)),
          timeZone: viewer,
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

/** What the clocks of a zone show. */
function clock(at: number, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16);
}

/** Whether the clocks of a zone change about then, so that a time can be missing, or come twice. */
function changesAbout(at: number, timeZone: string): boolean {
  return offsetAt(at - DAY_MS, timeZone) !== offsetAt(at + DAY_MS, timeZone);
}

const TIME = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  at: fc.nat(TWO_YEARS * 96).map((quarters) => Date.parse(FIRST_DAY) + quarters * (DAY_MS / 96)),
  isFloating: fc.boolean(),
});

test('18.oracle: random times in all zones: what floats is at its clock’s time for any viewer, the rest at its instant', async () => {
  const { sandbox, connectedUser } = startContext({
    sandbox: { seed: 'empty', ticktick: { rateLimits: [] }, azureDevOps: { seed: 'empty' } },
  });
  const user = await connectedUser();
  const phone = sandbox.ticktick.testUser();
  await fc.assert(
    fc.asyncProperty(
      fc.array(TIME, { minLength: TASKS, maxLength: TASKS }),
      fc.constantFrom(...ZONES),
      async (times, viewer) => {
        for (const task of phone.tasks()) phone.deleteTask(task.id);
        times.forEach(({ timeZone, at, isFloating }, index) => {
          const dueDate = new Date(at).toISOString().replace('Z', '+0000');
          phone.createTask({ title: String(index), dueDate, timeZone, isFloating });
        });
        const { items } = await user.agenda({
          from: new Date(Date.parse(FIRST_DAY) - 3 * DAY_MS),
          to: new Date(Date.parse(FIRST_DAY) + (TWO_YEARS + 3) * DAY_MS),
          timeZone: viewer,
        });
        expect(items).toHaveLength(TASKS);
        for (const { title, day, start } of items) {
          const { timeZone, at, isFloating } = times[Number(title)] ?? TASK_OF_NOBODY;
          const shown = start?.getTime() ?? 0;
          expect(day).toBe(clock(shown, viewer).slice(0, 10));
          if (!isFloating) expect(shown).toBe(at);
          else if (!changesAbout(shown, viewer)) expect(clock(shown, viewer)).toBe(clock(at, timeZone));
        }
      },
    ),
    { numRuns: 8 },
  );
});

const TASK_OF_NOBODY = { timeZone: 'UTC', at: 0, isFloating: false };
