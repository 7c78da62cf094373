import { describe, expect, test } from 'vitest';
import { idOf } from '../support.ts';
import { setUp } from './support.ts';

describe('focus', () => {
  const focus = { type: 0, startTime: '2026-11-20T09:00:00+0000', endTime: '2026-11-20T09:25:00+0000' };

  test('is created, read by id and type, and answered when it is deleted', async () => {
    const { api } = setUp();
    const { json } = await api('POST /focus', { ...focus, note: 'Deep work' });
    expect(json).toMatchObject({
      type: 0,
      note: 'Deep work',
      startTime: '2026-11-20T09:00:00.000+0000',
      duration: 1500,
      pauseDuration: 0,
    });
    const path = `/focus/${idOf(json)}`;
    expect((await api(`GET ${path}?type=0`)).json).toEqual(json);
    expect((await api(`GET ${path}?type=1`)).status).toBe(404);
    expect((await api(`GET ${path}`)).status).toBe(500);
    expect((await api(`DELETE ${path}?type=0`)).json).toEqual(json);
    expect((await api(`GET ${path}?type=0`)).status).toBe(404);
  });

  test('is listed for at most the 30 days before the end of the range', async () => {
    const { api } = setUp();
    await api('POST /focus', focus);
    const list = async (from: string, to: string): Promise<unknown> =>
      (await api(`GET /focus?${new URLSearchParams({ from, to, type: '0' })}`)).json;
    const from = '2026-01-01T00:00:00+0000';
    expect(await list(from, '2026-12-20T00:00:00+0000')).toHaveLength(1);
    expect(await list(from, '2026-12-21T00:00:00+0000')).toHaveLength(0);
    expect((await api('GET /focus?type=0')).status).toBe(500);
  });
});

describe('habits', () => {
  test('are created with defaults, changed by merging, read and listed', async () => {
    const { api } = setUp();
    const { json } = await api('POST /habit', { name: 'Read', goal: 2 });
    expect(json).toMatchObject({
      name: 'Read',
      goal: 2,
      status: 0,
      type: 'Boolean',
      targetStartDate: 20261122,
    });
    const changed = await api(`POST /habit/${idOf(json)}`, { name: 'Read more' });
    expect(changed.json).toMatchObject({ name: 'Read more', goal: 2 });
    expect((await api(`GET /habit/${idOf(json)}`)).json).toEqual(changed.json);
    expect((await api('GET /habit')).json).toEqual([changed.json]);
    expect((await api('GET /habit/nothing')).status).toBe(404);
  });

  test('are checked in once a day, and answered by year', async () => {
    const { api } = setUp();
    const id = idOf((await api('POST /habit', { name: 'Read' })).json);
    await api(`POST /habit/${id}/checkin`, { stamp: 20251231 });
    await api(`POST /habit/${id}/checkin`, { stamp: 20260407, value: 0.5 });
    const { json } = await api(`POST /habit/${id}/checkin`, {
      stamp: 20260407,
      opTime: '2026-04-07T10:00:00+0200',
    });
    expect(json).toMatchObject({
      habitId: id,
      year: 2026,
      checkins: [{ stamp: 20260407, value: 1, goal: 1, opTime: '2026-04-07T08:00:00.000+0000' }],
    });
    const range = 'from=20260101&to=20261231';
    expect((await api(`GET /habit/checkins?habitIds=${id},other&${range}`)).json).toEqual([json]);
    expect((await api(`GET /habit/${id}`)).json).toMatchObject({ totalCheckIns: 2 });
    expect((await api(`GET /habit/checkins?habitIds=${id}`)).status).toBe(500);
  });
});

describe('the demo account', () => {
  test('has a countdown, a habit section, habits and tags', async () => {
    const { api } = setUp({ seed: 'demo' });
    for (const route of ['GET /countdown', 'GET /habit/sections', 'GET /habit', 'GET /tag']) {
      expect((await api(route)).json).not.toHaveLength(0);
    }
  });
});

describe('the preference', () => {
  test('is the time zone, asked for by POST; GET fails', async () => {
    const { api } = setUp();
    expect((await api('POST /preference')).json).toEqual({ timeZone: 'America/Los_Angeles' });
    expect((await api('GET /preference')).status).toBe(500);
  });
});
