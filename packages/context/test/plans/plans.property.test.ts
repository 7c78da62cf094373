import type { Plan, PlanTask, User } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
/** Days around a change of the clocks, and some without. */
const PLACES = [
  ['Europe/Berlin', '2027-03-27T00:00:00+01:00'],
  ['America/New_York', '2027-11-06T00:00:00-04:00'],
  ['UTC', '2027-06-01T00:00:00Z'],
] as const;
const RANGE_MINUTES = 3 * DAY;
const HOURS = [['08:00', '18:00']] as const;
const EVERY_DAY = { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS, sat: HOURS, sun: HOURS };

interface Busy {
  at: number;
  lasts: number;
}

const busy: fc.Arbitrary<Busy> = fc.record({
  at: fc.integer({ min: 0, max: RANGE_MINUTES / 15 }).map((quarter) => quarter * 15),
  lasts: fc.integer({ min: 1, max: 16 }).map((quarters) => quarters * 15),
});

const wish = fc.record({
  minutes: fc.integer({ min: 1, max: 12 }).map((quarters) => quarters * 15),
  due: fc.option(fc.integer({ min: 1, max: RANGE_MINUTES / 60 }).map((hour) => hour * 60)),
  priority: fc.constantFrom(0, 1, 3, 5),
  isProtected: fc.boolean(),
});

const cases = fc.record({
  place: fc.constantFrom(...PLACES),
  before: fc.array(busy, { maxLength: 5 }),
  after: fc.array(busy, { maxLength: 2 }),
  wishes: fc.array(wish, { minLength: 1, maxLength: 6 }),
  buffer: fc.constantFrom(0, 15),
});

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T08:00:00Z') }));
afterEach(() => void vi.useRealTimers());

interface World {
  user: User;
  phone: ReturnType<Sandbox['google']['testUser']>['calendar'];
  from: number;
}

function addEvents({ phone, from }: World, events: readonly Busy[]): void {
  for (const { at, lasts } of events) {
    const [start, end] = [at, at + lasts].map((minutes) => new Date(from + minutes * MINUTE).toISOString());
    phone.addEvent({ summary: 'Busy', start: { dateTime: start ?? '' }, end: { dateTime: end ?? '' } });
  }
}

/** Nothing at once, nothing outside the hours, nothing within a buffer, and no more than asked for. */
function check(
  plan: Plan,
  tasks: readonly PlanTask[],
  events: readonly Busy[],
  from: number,
  buffer: number,
  isNew: (piece: Plan['pieces'][number]) => boolean,
): void {
  const pieces = plan.pieces.map((piece) => ({
    ...piece,
    at: Date.parse(piece.start),
    until: Date.parse(piece.end),
  }));
  for (const [index, piece] of pieces.entries()) {
    expect(piece.at).toBeGreaterThanOrEqual(pieces[index - 1]?.until ?? 0);
    if (!isNew(piece)) continue;
    const [starts, ends] = [piece.start.slice(11, 16), piece.end.slice(11, 16)];
    expect(starts >= '08:00' && ends <= '18:00', `${piece.start} to ${piece.end}`).toBe(true);
    for (const { at, lasts } of events) {
      const [start, end] = [from + (at - buffer) * MINUTE, from + (at + lasts + buffer) * MINUTE];
      expect(piece.until <= start || piece.at >= end, `${piece.start} beside ${at}`).toBe(true);
    }
  }
  for (const { id, durationMinutes = 0 } of tasks) {
    const own = pieces.filter(({ taskId }) => taskId === id);
    const placed = own.reduce((sum, { at, until }) => sum + (until - at) / MINUTE, 0);
    const left = plan.unplaced.find(({ taskId }) => taskId === id)?.minutes ?? 0;
    expect(placed + left).toBe(durationMinutes);
  }
}

test('23.2: a plan keeps its word, applied twice it writes once, and a replan moves nothing protected', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ place: [timeZone, start], before, after, wishes, buffer }) => {
      const { sandbox, connectedUser } = startContext({ sandbox: { seed: 'empty' } });
      const world = {
        user: await connectedUser(),
        phone: sandbox.google.testUser().calendar,
        from: Date.parse(start),
      };
      const { user, from } = world;
      addEvents(world, before);
      const tasks = wishes.map(({ minutes, due, priority, isProtected }, index): PlanTask => ({
        id: `task-${index}`,
        projectId: 'p',
        title: `Task ${index}`,
        durationMinutes: minutes,
        minPieceMinutes: 15,
        priority,
        protected: isProtected,
        ...(due !== null && { due: new Date(from + due * MINUTE) }),
      }));
      const within = { from: new Date(from), to: new Date(from + RANGE_MINUTES * MINUTE) };
      const options = { tasks, within, workingHours: EVERY_DAY, timeZone, bufferMinutes: buffer };
      const plan = await user.plan(options);
      check(plan, tasks, before, from, buffer, () => true);
      expect((await user.apply(plan)).isComplete).toBe(true);
      const events = world.phone.events();
      const again = await user.plan(options);
      expect(again.pieces.map(({ start: at, end, action }) => [at, end, action])).toEqual(
        plan.pieces.map(({ start: at, end }) => [at, end, 'keep']),
      );
      await user.apply(again);
      expect(world.phone.events()).toEqual(events);
      addEvents(world, after);
      const next = await user.replan(plan);
      check(next, tasks, [...before, ...after], from, buffer, ({ action }) => action !== 'keep');
      const isProtected = (taskId: string): boolean =>
        tasks.find(({ id }) => id === taskId)?.protected === true;
      const placed = ({ pieces }: Plan) =>
        pieces
          .filter(({ taskId }) => isProtected(taskId))
          .map(({ taskId, start: at, end }) => [taskId, at, end]);
      expect(placed(next)).toEqual(expect.arrayContaining(placed(plan)));
    }),
    { numRuns: Number(process.env['PLAN_RUNS'] ?? 15) },
  );
});
