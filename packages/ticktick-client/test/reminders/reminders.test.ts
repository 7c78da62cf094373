import { InvalidRequestError } from '@context-sdk/oauth-core';
import { parseReminder, remindAt, remindBefore, reminderTimes } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

test('18.reminders: before a time, and at a time of the clock, as the apps write them', () => {
  expect(remindBefore({ minutes: 15 })).toBe('TRIGGER:-PT15M');
  expect(remindBefore({ minutes: 0 })).toBe('TRIGGER:PT0S');
  expect(remindBefore({ days: 1, hours: 2 })).toBe('TRIGGER:-PT1560M');
  expect(remindAt('09:00')).toBe('TRIGGER:P0DT9H0M0S');
  expect(remindAt('09:00', { daysBefore: 1 })).toBe('TRIGGER:-P0DT15H0M0S');
  expect(remindAt('20:30', { daysBefore: 3 })).toBe('TRIGGER:-P2DT3H30M0S');
});

test('18.reminders: what can be no reminder is refused', () => {
  const wrong = [
    () => remindBefore({ minutes: -5 }),
    () => remindBefore({ hours: 1.5 }),
    () => remindBefore(Object.assign({ minutes: 5 }, { weeks: 1 })),
    () => remindBefore({ days: Number.MAX_SAFE_INTEGER }),
    () => remindAt('9:00'),
    () => remindAt('24:00'),
    () => remindAt('09:00', { daysBefore: -1 }),
  ];
  for (const make of wrong) expect(make).toThrow(InvalidRequestError);
});

test.each([
  ['TRIGGER:-PT1H30M', { kind: 'before', minutes: 90 }],
  ['TRIGGER:-P1DT2H', { kind: 'before', minutes: 1560 }],
  ['TRIGGER:-P1W', { kind: 'before', minutes: 10_080 }],
  ['TRIGGER:PT0S', { kind: 'before', minutes: 0 }],
  ['TRIGGER;RELATED=END:-PT15M', { kind: 'before', minutes: 15, ofEnd: true }],
  ['TRIGGER:PT5M', { kind: 'before', minutes: -5 }],
])('18.reminders: %s is read', (trigger, reminder) => {
  expect(parseReminder(trigger)).toEqual(reminder);
});

test('18.reminders: one of an all-day task that counts from its last day says so', () => {
  const reminder = { kind: 'at', time: '09:00', daysBefore: 1 };
  expect(parseReminder('TRIGGER;RELATED=END:-P0DT15H0M0S', true)).toEqual({ ...reminder, ofEnd: true });
  expect(parseReminder('TRIGGER;RELATED=START:-P0DT15H0M0S', true)).toEqual(reminder);
});

test.each(['', 'TRIGGER:', 'TRIGGER:P', 'TRIGGER:PT', 'TRIGGER;VALUE=DATE-TIME:20261122T090000Z', 'x'])(
  '18.reminders: %j is none',
  (trigger) => {
    expect(parseReminder(trigger)).toBeUndefined();
  },
);

test('18.reminders: every one that is written is read again', () => {
  fc.assert(
    fc.property(fc.nat(50_000), fc.nat(23), fc.nat(59), fc.nat(30), (minutes, hour, minute, daysBefore) => {
      expect(parseReminder(remindBefore({ minutes }))).toEqual({ kind: 'before', minutes });
      const time = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
      expect(parseReminder(remindAt(time, { daysBefore }), true)).toEqual({ kind: 'at', time, daysBefore });
    }),
  );
});

test('18.reminders: an all-day task reminds by its own clock, on days when clocks change, too', () => {
  const task = {
    startDate: '2026-10-24T22:00:00.000+0000',
    dueDate: '2026-10-24T22:00:00.000+0000',
    isAllDay: true,
    timeZone: 'Europe/Berlin',
    reminders: [remindAt('09:00'), remindAt('09:00', { daysBefore: 1 }), 'x'],
  };
  expect(reminderTimes(task).map((at) => at.toISOString())).toEqual([
    '2026-10-24T07:00:00.000Z',
    '2026-10-25T08:00:00.000Z',
  ]);
  expect(reminderTimes({ reminders: task.reminders })).toEqual([]);
  const odd = JSON.parse('[null, 7, "TRIGGER:-PT99999999999999999M", "TRIGGER:PT0S"]');
  expect(reminderTimes({ ...task, isAllDay: false, reminders: odd })).toEqual([new Date(task.startDate)]);
  expect(reminderTimes({ ...task, reminders: JSON.parse('"x"') })).toEqual([]);
  const timed = { dueDate: '2026-11-22T09:00:00.000+0000', reminders: ['TRIGGER:-PT15M'] };
  expect(reminderTimes(timed)).toEqual([new Date('2026-11-22T08:45:00Z')]);
});

test.each([
  // The clocks skip midnight: the day begins at one.
  ['2026-09-06', 'America/Santiago', '04:00', ['2026-09-05T13:00', '2026-09-06T12:00']],
  ['2026-04-24', 'Africa/Cairo', '-02:00', ['2026-04-23T07:00', '2026-04-24T06:00']],
  ['2026-03-29', 'Asia/Beirut', '-02:00', ['2026-03-28T07:00', '2026-03-29T06:00']],
])(
  '18.reminders: on %s in %s, which has no midnight, it is nine by the clock',
  (day, timeZone, at, times) => {
    const hours = Number(at.slice(0, -3));
    const start = new Date(Date.parse(`${day}T00:00:00Z`) + hours * 3_600_000)
      .toISOString()
      .replace('Z', '+0000');
    const task = { startDate: start, dueDate: start, isAllDay: true, timeZone };
    const reminders = [remindAt('09:00'), remindAt('09:00', { daysBefore: 1 })];
    const found = reminderTimes({ ...task, reminders }).map((time) => time.toISOString().slice(0, 16));
    expect(found).toEqual(times);
  },
);

test('18.reminders: a floating task, and a day, remind where their user is', () => {
  const instant = '2026-11-22T08:00:00.000+0000';
  const timed = {
    startDate: instant,
    dueDate: instant,
    timeZone: 'Europe/Berlin',
    reminders: ['TRIGGER:-PT15M'],
  };
  const at = (task: Parameters<typeof reminderTimes>[0], zone?: string): string[] =>
    reminderTimes(task, zone).map((time) => time.toISOString());
  expect(at({ ...timed, isFloating: true })).toEqual(['2026-11-22T07:45:00.000Z']);
  expect(at({ ...timed, isFloating: true }, 'America/New_York')).toEqual(['2026-11-22T13:45:00.000Z']);
  expect(at(timed, 'America/New_York')).toEqual(['2026-11-22T07:45:00.000Z']);
  const midnight = '2026-11-21T23:00:00.000+0000';
  const day = {
    ...timed,
    startDate: midnight,
    dueDate: midnight,
    isAllDay: true,
    reminders: [remindAt('09:00')],
  };
  expect(at(day)).toEqual(['2026-11-22T08:00:00.000Z']);
  expect(at(day, 'America/New_York')).toEqual(['2026-11-22T14:00:00.000Z']);
  expect(at(day, 'Pacific/Auckland')).toEqual(['2026-11-21T20:00:00.000Z']);
  expect(() => reminderTimes(day, '+01:00')).toThrow(expect.objectContaining({ field: 'timeZone' }) as Error);
});
