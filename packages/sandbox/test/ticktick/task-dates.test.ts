import type { JsonObject } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import type { ApiAnswer } from '../support.ts';
import { setUp } from './support.ts';

const DUE = '2026-12-01T09:00:00.000+0000';

describe('dates of a task', () => {
  test.each([
    ['2026-10-11T09:00:00+0000', '2026-10-11T09:00:00.000+0000'],
    ['2026-10-11T09:00:00.123+0000', '2026-10-11T09:00:00.123+0000'],
    ['2026-10-02T00:00:00+0200', '2026-10-01T22:00:00.000+0000'],
    ['2026-10-02T00:00:00-0930', '2026-10-02T09:30:00.000+0000'],
  ])('are answered in UTC with milliseconds: %s', async (startDate, answered) => {
    const { json } = await setUp().api('POST /task', { title: 'x', startDate });
    expect(json).toMatchObject({ startDate: answered });
  });

  test.each([
    'tomorrow',
    '2026-10-11',
    '2026-10-11T09:00:00Z',
    '2026-10-11T09:00:00+00:00',
    '2026-13-01T00:00:00+0000',
  ])('are refused when they are not in the one form: %s', async (dueDate) => {
    const answer = await setUp().api('POST /task', { title: 'x', dueDate });
    expect(answer).toMatchObject({ status: 500, json: { errorCode: 'unknown_exception' } });
  });

  test('start when they are due, if only that is set', async () => {
    const { json } = await setUp().api('POST /task', { title: 'x', dueDate: DUE });
    expect(json).toMatchObject({ startDate: DUE, dueDate: DUE });
  });

  test('have the zone of the account unless they bring one', async () => {
    const { api } = setUp();
    const bare = await api('POST /task', { title: 'x', dueDate: DUE });
    expect(bare.json).toMatchObject({ timeZone: 'America/Los_Angeles' });
    const zoned = await api('POST /task', { title: 'x', dueDate: DUE, timeZone: 'Asia/Tokyo' });
    expect(zoned.json).toMatchObject({ timeZone: 'Asia/Tokyo' });
  });
});

describe('updating dates', () => {
  const updated = async (before: JsonObject, changes: JsonObject): Promise<ApiAnswer['json']> => {
    const { api, testUser } = setUp();
    const { id, projectId } = testUser.createTask({ title: 'x', ...before });
    return (await api(`POST /task/${id}`, { id, projectId, ...changes })).json;
  };

  test('clears them by null, with the repeat rule', async () => {
    const task = await updated(
      { dueDate: DUE, repeatFlag: 'RRULE:FREQ=DAILY' },
      { startDate: null, dueDate: null },
    );
    for (const key of ['startDate', 'dueDate', 'repeatFlag']) expect(task).not.toHaveProperty(key);
  });

  test('drops the repeat rule when the due date alone is cleared', async () => {
    const task = await updated({ dueDate: DUE, repeatFlag: 'RRULE:FREQ=DAILY' }, { dueDate: null });
    expect(task).toMatchObject({ startDate: DUE });
    expect(task).not.toHaveProperty('repeatFlag');
  });

  test('ignores ""', async () => {
    expect(await updated({ dueDate: DUE }, { startDate: '', dueDate: '' })).toMatchObject({ dueDate: DUE });
  });

  test('18.2: leaves the start where it is when a due date comes alone', async () => {
    const later = '2026-12-24T09:00:00.000+0000';
    expect(await updated({ startDate: DUE, dueDate: DUE }, { dueDate: later })).toMatchObject({
      startDate: DUE,
    });
  });

  test('falls back to the zone of the account when dates come without one', async () => {
    const before = { dueDate: DUE, timeZone: 'Asia/Tokyo' };
    expect(await updated(before, { dueDate: DUE })).toMatchObject({ timeZone: 'America/Los_Angeles' });
    expect(await updated(before, { title: 'y' })).toMatchObject({ timeZone: 'Asia/Tokyo' });
  });

  test('drops a repeat rule without a date, and clears one by ""', async () => {
    expect(await updated({}, { repeatFlag: 'RRULE:FREQ=DAILY' })).not.toHaveProperty('repeatFlag');
    const before = { dueDate: DUE, repeatFlag: 'RRULE:FREQ=DAILY' };
    expect(await updated(before, { title: 'y' })).toHaveProperty('repeatFlag');
    expect(await updated(before, { repeatFlag: '' })).not.toHaveProperty('repeatFlag');
  });
});
