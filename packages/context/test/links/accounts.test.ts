import { type Link, ReauthorizationRequiredError } from '@context-sdk/context';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDeliveries } from '../support/start-deliveries.ts';
import { type LinkSetting, NOW, openLinks, WEEK } from './open-links.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

async function openLinked(): Promise<LinkSetting & { taskId: string; itemId: number; link: Link }> {
  const setting = await openLinks();
  const { user, tickTick, later, project } = setting;
  const { id, projectId, title } = tickTick.createTask({ title: 'Write the report' });
  await later();
  const item = await user.createWorkItem({ id, projectId, title }, { project });
  await user.blockTime({ id, projectId, title }, { durationMinutes: 60, within: WEEK });
  return { ...setting, taskId: id, itemId: item.id, link: await user.links.get(id) };
}

test('23.links: another account at TickTick: the links of the old one are gone, and nothing is written', async () => {
  const { user, started, board, itemId, later, writes } = await openLinked();
  const { ticktick } = started.sandbox;
  await user.connections.connect('ticktick', { token: ticktick.issueApiToken('bob') });
  board.update(itemId, { 'System.Title': 'Renamed' });
  started.sandbox.clearRequests();
  await later();
  expect(await user.links.list()).toEqual([]);
  expect(writes()).toEqual([]);
});

test('23.links: Google is disconnected: its sides are set aside, and the others go on', async () => {
  const { user, taskId, tickTick, board, itemId, later } = await openLinked();
  await user.connections.disconnect('google');
  tickTick.updateTask(taskId, { title: 'On' });
  await later();
  expect(board.get(itemId)?.fields['System.Title']).toBe('On');
  expect((await user.links.get(taskId)).sides.map(({ side }) => side)).toEqual(['task', 'work-item']);
});

test('23.links: Azure DevOps is disconnected, and connected again: nothing of the item is applied any more', async () => {
  const { user, started, taskId, tickTick, board, itemId, later } = await openLinked();
  await user.connections.disconnect('azure-devops');
  expect(await started.store.list('link-item/')).toEqual([]);
  await user.connections.connect('azure-devops', { token: started.sandbox.azureDevOps.issuePat() });
  board.update(itemId, { 'System.Title': 'Elsewhere' });
  tickTick.updateTask(taskId, { title: 'Here' });
  await later();
  expect(board.get(itemId)?.fields['System.Title']).toBe('Elsewhere');
  expect(tickTick.task(taskId)?.title).toBe('Here');
});

test.each([
  ['azure-devops', (id: number) => ({ workItemId: id })],
  ['google', () => ({ draftId: 'r-1' })],
] as const)(
  '23.links: without a connection, what %s has can’t be linked, and nothing is',
  async (service, sideOf) => {
    const { user, tickTick, board, later } = await openLinks({ links: {} });
    const task = tickTick.createTask({ title: 'Report' });
    await later();
    await user.connections.disconnect(service);
    const { id } = board.create({ type: 'Bug', fields: { 'System.Title': 'Report' } });
    const error = await failure(user.links.create(task, sideOf(id)));
    expect(error).toBeInstanceOf(ReauthorizationRequiredError);
    expect(error).toMatchObject({ reason: 'never-connected', service });
    expect(await user.links.list()).toEqual([]);
  },
);

test('23.links: an item that was linked without a connection, by an earlier version, is linked once there is one', async () => {
  const { user, started, tickTick, board, later } = await openLinks({ links: {} });
  const task = tickTick.createTask({ title: 'Report' });
  const { id } = board.create({ type: 'Bug', fields: { 'System.Title': 'Report' } });
  await later();
  await user.links.create(task, { workItemId: id });
  const [key = ''] = await started.store.list('link/');
  const stored = await started.store.get(key);
  const { sides, ...record } = JSON.parse(stored?.value ?? '') as { sides: { kind: string }[] };
  const former = sides.map((side) => (side.kind === 'task' ? side : { ...side, owner: '', fields: {} }));
  await started.store.compareAndSet(key, stored?.version, JSON.stringify({ ...record, sides: former }));
  await user.links.create(task, { workItemId: id });
  board.update(id, { 'System.Title': 'Renamed' });
  expect(await user.links.sync(task.id)).toMatchObject({ writes: 1, failures: [] });
  expect(tickTick.task(task.id)?.title).toBe('Renamed');
});

test('23.links: export has the links, forget deletes them', async () => {
  const { user, started, taskId } = await openLinked();
  const exported = await user.export();
  expect(exported.links).toMatchObject([{ taskId, values: { title: 'Write the report' } }]);
  expect(exported.records).toMatchObject({ link: 1, 'link-item': 1 });
  await user.forget();
  for (const prefix of ['link/', 'link-item/', 'link-turn/']) {
    expect(await started.store.list(prefix)).toEqual([]);
  }
});

test('23.links: a record that is damaged: the doctor finds it, and the task can be linked again', async () => {
  const { user, started, taskId } = await openLinked();
  const key = `link/ada/${taskId}`;
  const record = await started.store.get(key);
  await started.store.compareAndSet(key, record?.version, '{"taskId":1}');
  const { findings } = await started.context.doctor();
  expect(findings).toMatchObject([{ kind: 'link', key, userId: 'ada', problem: 'corrupt' }]);
  expect(await user.links.list()).toEqual([]);
  const { link } = await user.links.create({ id: taskId });
  expect(link.values.title).toBe('Write the report');
});

test('23.links: through webhooks, also twice and late', async () => {
  const { sandbox, everything, context, redeliver } = startDeliveries({ links: { create: 'always' } });
  const user = await everything();
  await context.subscriptions.ensure('ada');
  const { id, projectId, title } = sandbox.ticktick.testUser().createTask({ title: 'Write' });
  const project = sandbox.azureDevOps.organization.projects[0]?.name;
  const item = await user.createWorkItem({ id, projectId, title }, { project });
  await user.blockTime({ id, projectId, title }, { durationMinutes: 60, within: WEEK });
  const { calendar } = sandbox.google.testUser();
  sandbox.azureDevOps.testUser().update(item.id, { 'System.Title': 'From the board' });
  await vi.waitFor(() => expect(calendar.events()).toMatchObject([{ summary: 'From the board' }]));
  expect(sandbox.ticktick.testUser().task(id)?.title).toBe('From the board');
  await vi.waitFor(async () => expect(await redeliver(-1)).toBeLessThan(300));
  sandbox.clearRequests();
  await redeliver(-1);
  expect(sandbox.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  const [block] = calendar.events();
  calendar.updateEvent(block?.id ?? '', { summary: 'From the calendar' });
  await vi.waitFor(() => expect(sandbox.ticktick.testUser().task(id)?.title).toBe('From the calendar'));
  await vi.waitFor(() =>
    expect(sandbox.azureDevOps.testUser().get(item.id)?.fields['System.Title']).toBe('From the calendar'),
  );
});
