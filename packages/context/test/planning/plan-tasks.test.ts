import { InvalidRequestError, planTasks, type PlanTasksOptions } from '@context-sdk/context';
import { describe, expect, test } from 'vitest';

const MONDAY = {
  from: '2026-11-30T00:00:00Z',
  to: '2026-12-01T00:00:00Z',
  busy: [],
  workingHours: { mon: [['09:00', '12:00'] as const, ['13:00', '17:00'] as const] },
  timeZone: 'UTC',
};

function plan(options: Partial<PlanTasksOptions> & Pick<PlanTasksOptions, 'tasks'>) {
  return planTasks({ ...MONDAY, ...options });
}

/** `a 09:00-10:00`. */
function pieces(options: Partial<PlanTasksOptions> & Pick<PlanTasksOptions, 'tasks'>): string[] {
  return plan(options).pieces.map(
    ({ taskId, start, end }) => `${taskId} ${start.slice(11, 16)}-${end.slice(11, 16)}`,
  );
}

describe('23 planTasks', () => {
  test('places what is due first first, and what has no due time after it', () => {
    const tasks = [
      { id: 'someday', durationMinutes: 60 },
      { id: 'today', durationMinutes: 60, due: '2026-11-30T17:00:00Z' },
      { id: 'noon', durationMinutes: 60, due: '2026-11-30T12:00:00Z' },
    ];
    expect(pieces({ tasks })).toEqual(['noon 09:00-10:00', 'today 10:00-11:00', 'someday 11:00-12:00']);
  });

  test('splits work over free stretches, and never leaves a piece that is too short', () => {
    const busy = [{ start: '2026-11-30T10:50:00Z', end: '2026-11-30T11:10:00Z' }];
    const tasks = [{ id: 'a', durationMinutes: 120 }];
    // 110 minutes are free at first, but a piece of 10 would be left.
    expect(pieces({ tasks, busy })).toEqual(['a 09:00-10:30', 'a 11:10-11:40']);
  });

  test('keeps whole what cannot be split', () => {
    const tasks = [{ id: 'a', durationMinutes: 200, splittable: false }];
    expect(pieces({ tasks })).toEqual(['a 13:00-16:20']);
  });

  test('gives the time to the heavier task, by weight or by priority of TickTick', () => {
    const due = '2026-11-30T10:00:00Z';
    const light = { id: 'light', durationMinutes: 60, due };
    for (const heavy of [{ weight: 3 }, { priority: 5 }, { priority: 1 }]) {
      const tasks = [light, { id: 'heavy', durationMinutes: 60, due, ...heavy }];
      expect(plan({ tasks }).late).toEqual([{ taskId: 'light', minutes: 60 }]);
    }
  });

  test('lets a task that may wait wait for one that may not', () => {
    const tasks = [
      { id: 'movable', durationMinutes: 60, due: '2026-11-30T17:00:00Z' },
      { id: 'urgent', durationMinutes: 60, due: '2026-11-30T10:00:00Z' },
    ];
    expect(pieces({ tasks })).toEqual(['urgent 09:00-10:00', 'movable 10:00-11:00']);
  });

  test('never plans before now, before the earliest start, or into a buffer', () => {
    const tasks = [
      { id: 'a', durationMinutes: 30 },
      { id: 'b', durationMinutes: 30, earliest: '2026-11-30T15:00:00Z' },
    ];
    const busy = [{ start: '2026-11-30T10:30:00Z', end: '2026-11-30T10:45:00Z' }];
    const now = '2026-11-30T10:02:30Z';
    expect(pieces({ tasks, busy, now, bufferMinutes: 15 })).toEqual(['a 11:00-11:30', 'b 15:00-15:30']);
  });

  test('takes a break between the pieces of a task that has a longest piece', () => {
    const tasks = [{ id: 'a', durationMinutes: 180, maxPieceMinutes: 60 }];
    expect(pieces({ tasks })).toEqual(['a 09:00-10:00', 'a 10:15-11:15', 'a 11:30-12:00', 'a 13:00-13:30']);
  });

  test.for([
    [100, 25, ['09:00-09:25', '09:40-10:05', '10:20-10:45', '11:00-11:25']],
    [50, 45, ['09:00-09:25', '09:40-10:05']],
    [60, 25, ['09:00-09:20', '09:35-09:55', '10:10-10:30']],
  ] as const)(
    'makes %i minutes of pieces of at most %i, without a shortest one',
    ([durationMinutes, maxPieceMinutes, times]) => {
      expect(pieces({ tasks: [{ id: 'a', durationMinutes, maxPieceMinutes }] })).toEqual(
        times.map((one) => `a ${one}`),
      );
    },
  );

  test('begins at multiples of the granularity, also after an earliest start, in own hours and after breaks', () => {
    const tasks = [
      { id: 'early', durationMinutes: 30, earliest: '2026-11-30T09:52:00Z' },
      { id: 'own', durationMinutes: 20, hours: { mon: [['09:10', '12:00'] as const] } },
      { id: 'apart', durationMinutes: 100, maxPieceMinutes: 50 },
      { id: 'last', durationMinutes: 60, earliest: '2026-11-30T15:00:00Z', due: '2026-11-30T16:20:00Z' },
    ];
    expect(pieces({ tasks, granularityMinutes: 15 })).toEqual([
      'own 09:15-09:35',
      'early 10:00-10:30',
      'apart 10:30-11:20',
      'apart 13:00-13:50',
      'last 15:00-16:00',
    ]);
  });

  test('says how much is late', () => {
    const tasks = [{ id: 'a', durationMinutes: 120, due: '2026-11-30T10:00:00Z', splittable: false }];
    expect(plan({ tasks })).toMatchObject({ late: [{ taskId: 'a', minutes: 60 }], unplaced: [] });
  });

  test('says what has no place, and why', () => {
    const tasks = [
      { id: 'tomorrow', durationMinutes: 30, earliest: '2026-12-01T09:00:00Z' },
      { id: 'whole', durationMinutes: 241, splittable: false },
    ];
    expect(plan({ tasks }).unplaced).toEqual([
      { taskId: 'tomorrow', minutes: 30, reason: 'begins_after_range' },
      { taskId: 'whole', minutes: 241, reason: 'no_stretch_long_enough' },
    ]);
    const full = [{ id: 'a', durationMinutes: 480 }];
    expect(plan({ tasks: full }).unplaced).toEqual([{ taskId: 'a', minutes: 60, reason: 'no_free_time' }]);
  });

  test('says that the days are full, or that nothing is free in the own hours of a task', () => {
    const tasks = [
      { id: 'long', durationMinutes: 300 },
      { id: 'sunday', durationMinutes: 30, hours: { sun: [['09:00', '10:00'] as const] } },
    ];
    expect(plan({ tasks, maxMinutesPerDay: 60 }).unplaced).toEqual([
      { taskId: 'long', minutes: 240, reason: 'days_are_full' },
      { taskId: 'sunday', minutes: 30, reason: 'no_time_in_its_hours' },
    ]);
  });

  test('has nothing to say where the range is over or nothing is asked', () => {
    const tasks = [{ id: 'a', durationMinutes: 60 }];
    expect(plan({ tasks: [] })).toEqual({ pieces: [], late: [], unplaced: [] });
    expect(plan({ tasks, now: '2027-01-01T00:00:00Z' }).unplaced).toEqual([
      { taskId: 'a', minutes: 60, reason: 'no_free_time' },
    ]);
  });

  test('works by the clocks of the zone on the day when they change', () => {
    const night = {
      from: '2026-03-29T00:00:00+01:00',
      to: '2026-03-30T00:00:00+02:00',
      workingHours: { sun: [['01:00', '04:00'] as const] },
      timeZone: 'Europe/Berlin',
    };
    const tasks = [{ id: 'a', durationMinutes: 180 }];
    expect(plan({ ...night, tasks })).toEqual({
      pieces: [{ taskId: 'a', start: '2026-03-29T01:00:00+01:00', end: '2026-03-29T04:00:00+02:00' }],
      late: [],
      unplaced: [{ taskId: 'a', minutes: 60, reason: 'no_free_time' }],
    });
  });

  test.each<[string, object]>([
    ['tasks', { tasks: 'a' }],
    ['tasks[0]', { tasks: [null] }],
    ['tasks[0].id', { tasks: [{ durationMinutes: 30 }] }],
    [
      'tasks[1].id',
      {
        tasks: [
          { id: 'a', durationMinutes: 30 },
          { id: 'a', durationMinutes: 30 },
        ],
      },
    ],
    ['tasks[0].durationMinutes', { tasks: [{ id: 'a', durationMinutes: '30' }] }],
    [
      'tasks[0].durationMinutes',
      { tasks: [{ id: 'a', durationMinutes: 100, minPieceMinutes: 60, maxPieceMinutes: 80 }] },
    ],
    [
      'tasks[0].maxPieceMinutes',
      { tasks: [{ id: 'a', durationMinutes: 100, minPieceMinutes: 30, maxPieceMinutes: 20 }] },
    ],
    ['tasks[0].due', { tasks: [{ id: 'a', durationMinutes: 30, due: '2026-02-30' }] }],
    ['tasks[0].earliest', { tasks: [{ id: 'a', durationMinutes: 30, earliest: 5 }] }],
    ['tasks[0].weight', { tasks: [{ id: 'a', durationMinutes: 30, weight: Number.NaN }] }],
    ['tasks[0].splittable', { tasks: [{ id: 'a', durationMinutes: 30, splittable: 'no' }] }],
    ['busy[0].end', { tasks: [], busy: [{ start: '2026-11-30T10:00:00Z', end: '2026-11-30T09:00:00Z' }] }],
    ['workingHours', { tasks: [], workingHours: undefined }],
    ['workingHours.monday', { tasks: [], workingHours: { monday: [] } }],
    ['timeZone', { tasks: [], timeZone: '+02:00' }],
    ['now', { tasks: [], now: 'soon' }],
    ['to', { tasks: [], to: '2026-11-30T00:00:00Z' }],
    ['bufferMinutes', { tasks: [], bufferMinutes: -1 }],
    ['workinghours', { tasks: [], workinghours: {} }],
  ])('refuses a wrong %s by name', (field, wrong) => {
    const call = () => planTasks({ tasks: [], ...MONDAY, ...wrong });
    expect(call).toThrow(InvalidRequestError);
    expect(call).toThrow(expect.objectContaining({ field }));
  });
});
