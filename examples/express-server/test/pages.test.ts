import { contextTools } from '@context-sdk/context/tools';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openApp } from './open-app.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  // A Monday, 22:30 in Berlin.
  vi.setSystemTime(Date.parse('2027-03-01T21:30:00Z'));
});
afterEach(() => void vi.useRealTimers());

/** The application of Ada, who lives in Berlin, and has connected TickTick. */
async function open() {
  const accounts = [{ id: 1, username: 'ada@example.com', displayName: 'Ada', timeZone: 'Europe/Berlin' }];
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [], accounts } });
  const providers = {
    ticktick: { clientId: 'app', clientSecret: 'secret' },
    google: { clientId: 'app' },
  };
  return { ...(await openApp(sandbox, providers)), tickTick: sandbox.ticktick.testUser() };
}

describe('26: what the pages say', () => {
  test('26.application: who refuses to sign in reads so, and can try again', async () => {
    const { ask } = await open();
    const { text } = await ask('/?ticktick=denied', { signedIn: false });
    expect(text).toContain('TickTick is not connected: access was not allowed.');
    expect(text).toContain('Sign in with TickTick');
  });

  test('26.application: “Undo” stays when the service tells of the same thing', async () => {
    const { ask, activity, tickTick } = await open();
    const { id, projectId } = tickTick.createTask({ title: 'Pack', dueDate: '2027-03-01T12:00:00.000+0000' });
    const form = { taskId: id, projectId, title: 'Pack', date: '2027-03-01' };
    await ask('/actions/complete-task', { form });
    await activity.add('ada', { source: 'ticktick', text: 'Task done: Pack', isTold: true });
    const { html } = await ask('/');
    expect(html).toContain('action="/actions/reopen-task"');
    const { html: after } = await ask('/actions/reopen-task', { form });
    expect(tickTick.tasks().find((one) => one.id === id)?.status).toBe(0);
    expect(after).not.toContain('action="/actions/reopen-task"');
  });

  test('26.application: a task offers what the connected services can do', async () => {
    const { ask, tickTick } = await open();
    tickTick.createTask({ title: 'Pack', dueDate: '2027-03-01T12:00:00.000+0000' });
    const { html } = await ask('/');
    expect(html).toContain('action="/actions/complete-task"');
    for (const action of ['block-time', 'draft-mail', 'work-item'])
      expect(html).not.toContain(`action="/actions/${action}"`);
  });

  test('26.application: disconnecting is said, and a day that the calendar lacks is', async () => {
    const { ask } = await open();
    const action = /action="(\/auth\/ticktick\/disconnect[^"]*)"/.exec((await ask('/')).html)?.[1] ?? '';
    expect((await ask(action, { form: {} })).text).toContain('TickTick is not connected any more.');
    const { html, text } = await ask('/?date=2026-02-30');
    expect(html).toContain('<h1>No such day</h1>');
    expect(text).toContain('The calendar has no such day.');
  });

  test('26.application: the now-line is there at any hour', async () => {
    const { ask } = await open();
    expect((await ask('/')).text).toContain('Now it is 22:30');
    expect((await ask('/?date=2027-03-02')).text).not.toContain('Now it is');
  });

  test('26.application: what an assistant did is told in words, in the user’s zone', async () => {
    const { ask, user } = await open();
    const tools = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
    await tools['create_task']?.execute({ title: 'Buy milk' });
    const token = /name="token" value="([^"]+)"/.exec((await ask('/assistant')).html)?.[1] ?? '';
    const { text } = await ask('/assistant/approve', { form: { token } });
    expect(text).toContain('Done: Create the task “Buy milk”');
    expect(text).toContain('1 Mar 2027, 22:30');
    expect(text).not.toContain('Created t1');
  });
});
