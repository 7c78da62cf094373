import { memoryStore } from '@context-sdk/oauth-core';
import { describe, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';
import { damage, DAMAGES, plain } from './damage.ts';

const MINUTE = 60_000;
const WITHIN = { from: '2099-03-02T09:00:00Z', to: '2099-03-02T17:00:00Z' };

/** A user of all services, whose connection to one of them can't be read. */
async function start(provider: string, how: string) {
  const damageable = plain(memoryStore());
  const titles: unknown[] = [];
  const started = startContext({
    store: damageable.store,
    baseUrl: 'http://localhost:8000',
    onEvent: ({ source, data }) => {
      if (source === 'ticktick') titles.push((data as { title?: string }).title);
    },
  });
  const { context, sandbox } = started;
  const user = await started.connectedUser();
  const task = sandbox.ticktick.testUser().createTask({ title: 'Write' });
  const project = sandbox.azureDevOps.organization.projects[0]?.name;
  await user.blockTime(task, { durationMinutes: 30, within: WITHIN });
  const item = await user.createWorkItem(task, { project, link: true });
  await context.runMaintenance();
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  await context.runMaintenance();
  titles.length = 0;
  await damage(damageable, `connection/ada/${provider}/default`, how);
  vi.setSystemTime(Date.now() + 2 * MINUTE);
  return { ...started, user, task, item, titles };
}

const WAYS = Object.keys(DAMAGES);

describe.each(WAYS)('16.15: the record of the connection to Google was %s', (how) => {
  test('changes in TickTick are told all the same', async () => {
    const { context, sandbox, task, titles } = await start('google', how);
    sandbox.ticktick.testUser().updateTask(task.id, { title: 'Rewrite' });
    await context.runMaintenance();
    expect(titles).toEqual(['Rewrite']);
  });

  test('a task and its work item stay the same', async () => {
    const { sandbox, user, task, item } = await start('google', how);
    sandbox.ticktick.testUser().updateTask(task.id, { title: 'Rewrite' });
    await user.links.sync(task.id);
    const { fields } = await (await user.azureDevOps()).workItems.get(item.id);
    expect(fields['System.Title']).toBe('Rewrite');
  });
});

describe.each(WAYS)('16.15: the record of the connection to Azure DevOps was %s', (how) => {
  test('changes in TickTick are told all the same, and the block follows its task', async () => {
    const { context, sandbox, user, task, titles } = await start('azure-devops', how);
    sandbox.ticktick.testUser().updateTask(task.id, { title: 'Rewrite' });
    await context.runMaintenance();
    expect(titles).toEqual(['Rewrite']);
    const { events } = user.calendar;
    const found = await events.list({ timeMin: WITHIN.from, timeMax: WITHIN.to }).toArray();
    expect(found.map(({ summary }) => summary)).toEqual(['Rewrite']);
  });
});
