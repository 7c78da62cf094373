import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openApp } from './open-app.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  // A Monday.
  vi.setSystemTime(Date.parse('2027-03-01T07:00:00Z'));
});
afterEach(() => void vi.useRealTimers());

/** The application of Ada, who has connected TickTick and Google Calendar. */
async function open() {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const app = await openApp(sandbox, { ticktick: {}, google: { clientId: 'app' } });
  const scopes = ['https://www.googleapis.com/auth/calendar'];
  const tokens = sandbox.google.issueToken({ scopes });
  await app.user.connections.import('google', { ...tokens, scopes, obtainedAt: Date.now() });
  const ask = async (method: string, path: string, form?: Record<string, string>) => {
    const page = await app.ask(path, { method, redirect: 'manual', ...(form && { form }) });
    return { ...page, planId: /name="planId" value="([^"]+)"/.exec(page.html)?.[1] ?? '' };
  };
  const calendar = sandbox.google.testUser().calendar;
  return {
    tickTick: sandbox.ticktick.testUser(),
    calendar,
    ask,
    propose: async () => {
      expect(await ask('POST', '/plan/propose')).toMatchObject({ status: 303, location: '/plan' });
      return await ask('GET', '/plan');
    },
    events: () => calendar.events().filter(({ status }) => status !== 'cancelled'),
  };
}

describe('23: a plan is shown before it is applied', () => {
  test('pieces with their reasons; nothing is written until “Apply”, and then what was shown', async () => {
    const { tickTick, ask, propose, events, calendar } = await open();
    calendar.addEvent({
      summary: 'Stand-up',
      start: { dateTime: '2027-03-01T09:00:00+01:00' },
      end: { dateTime: '2027-03-01T10:00:00+01:00' },
    });
    tickTick.createTask({
      title: 'Offer <b>',
      dueDate: '2027-03-01T14:00:00.000+0000',
      timeZone: 'Europe/Berlin',
    });
    const { text, planId } = await propose();
    expect(text).toContain('Monday, 1 March 2027');
    expect(text).toMatch(/New 10:00–11:00 Offer &lt;b&gt; after your 09:00, before it is due at 15:00/);
    expect(text).toContain('1 new, 0 moved, 0 as they are. Nothing is written yet.');
    expect(events()).toHaveLength(1);
    expect(await ask('POST', '/plan/apply', { planId })).toMatchObject({
      status: 303,
      location: '/#activity',
    });
    expect(events().at(-1)).toMatchObject({ start: { dateTime: expect.stringContaining('T10:00:00') } });
    expect((await ask('GET', '/')).text).toContain('The week is planned: 1 of 1 pieces written');
    // The button again, in another tab.
    expect(await ask('POST', '/plan/apply', { planId })).toMatchObject({ status: 409 });
    expect(events()).toHaveLength(2);
  });

  test('what doesn’t fit, and why', async () => {
    const { tickTick, propose, calendar } = await open();
    for (const day of [1, 2, 3, 4, 5]) {
      const at = (time: string) => ({ dateTime: `2027-03-0${day}T${time}:00+01:00` });
      calendar.addEvent({ summary: 'Away', start: at('00:00'), end: at(day === 5 ? '17:30' : '23:00') });
    }
    tickTick.createTask({ title: 'Long work' });
    const { text } = await propose();
    expect(text).toContain(
      'What doesn’t fit Long work : 30 minutes have no place, because all working time is taken',
    );
  });

  test('“Not now” leaves everything as it is', async () => {
    const { tickTick, ask, propose, events } = await open();
    tickTick.createTask({ title: 'Read' });
    const { planId } = await propose();
    expect(await ask('POST', '/plan/drop', { planId })).toMatchObject({ status: 303, location: '/' });
    expect((await ask('GET', '/plan')).text).toContain('Nothing is proposed.');
    expect(await ask('POST', '/plan/apply', { planId })).toMatchObject({ status: 409 });
    expect(events()).toEqual([]);
  });

  test('an event that lands on it meanwhile: the rest is written, and what is not is said and planned again', async () => {
    const { tickTick, ask, propose, events, calendar } = await open();
    for (const title of ['Read', 'Write']) tickTick.createTask({ title });
    const { planId } = await propose();
    calendar.addEvent({
      summary: 'Fire drill',
      start: { dateTime: '2027-03-01T09:00:00+01:00' },
      end: { dateTime: '2027-03-01T10:00:00+01:00' },
    });
    expect(await ask('POST', '/plan/apply', { planId })).toMatchObject({ status: 303, location: '/plan' });
    expect(events()).toHaveLength(2);
    const { text } = await ask('GET', '/plan');
    expect(text).toMatch(/Not written: “(Read|Write)”, 2027-03-01 at 09:00: something else is there now/);
    const next = await propose();
    expect(next.text).toContain('1 new, 0 moved, 1 as they are.');
    expect(await ask('POST', '/plan/apply', { planId: next.planId })).toMatchObject({
      location: '/#activity',
    });
    expect(events()).toHaveLength(3);
  });

  test('a task that is done or changed meanwhile: nothing is written, and another proposal says why', async () => {
    const { tickTick, ask, propose, events } = await open();
    const [read, write] = ['Read', 'Write'].map((title) => tickTick.createTask({ title }));
    const { planId } = await propose();
    tickTick.completeTask(read?.id ?? '');
    tickTick.updateTask(write?.id ?? '', { title: 'Rewrite' });
    expect(await ask('POST', '/plan/apply', { planId })).toMatchObject({ status: 303, location: '/plan' });
    expect(events()).toEqual([]);
    const { text, planId: nextId } = await ask('GET', '/plan');
    expect(text).toContain('“Read” is no longer open “Rewrite” has changed');
    expect(text).toContain('1 new, 0 moved, 0 as they are.');
    await ask('POST', '/plan/apply', { planId: nextId });
    expect(events()).toMatchObject([{ summary: expect.stringContaining('Rewrite') }]);
  });
});
