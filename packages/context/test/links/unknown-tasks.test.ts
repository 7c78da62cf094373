import { NotFoundError, ReauthorizationRequiredError } from '@context-sdk/context';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NOW, openLinks, WEEK } from './open-links.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

const HOUR = { durationMinutes: 60, within: WEEK };
const MAIL = { to: 'bob@example.com' };

test('23.links: a task that TickTick doesn’t have is not found, and no link is left', async () => {
  const { user } = await openLinks();
  await expect(user.links.create({ id: 'nobodys' })).rejects.toThrow(NotFoundError);
  await expect(user.links.create({ id: 'nobodys', projectId: 'none' })).rejects.toThrow(NotFoundError);
  expect(await user.links.list()).toEqual([]);
});

test.for(['own-1', 'tickets/1'])(
  '23.links: %s, a task of the host’s own: its block and its draft stay, and it has no link',
  async (id) => {
    const { user, phone, mail, later } = await openLinks({
      links: { create: 'always', rules: { deleted: 'remove' } },
    });
    const task = { id, projectId: 'tickets', title: 'Write the report' };
    const { event, outcome } = await user.blockTime(task, HOUR);
    const draft = await user.draftEmail(task, MAIL);
    await later();
    expect(outcome).toBe('created');
    expect(phone.events().map((one) => [one.id, one.status])).toEqual([[event.id, 'confirmed']]);
    expect(mail.drafts().map((one) => one.id)).toEqual([draft.id]);
    expect(await user.links.list()).toEqual([]);
    expect(await user.blockTime(task, HOUR)).toMatchObject({ outcome: 'unchanged' });
  },
);

test('23.links: without TickTick, `always` links nothing, and `link: true` says what is missing', async () => {
  const { user } = await openLinks();
  await user.connections.disconnect('ticktick');
  const task = { id: 'own-1', projectId: 'tickets', title: 'Write the report' };
  expect(await user.blockTime(task, HOUR)).toMatchObject({ outcome: 'created' });
  const draft = await user.draftEmail(task, MAIL);
  expect((await user.draftEmail(task, MAIL)).id).toBe(draft.id);
  const asked = user.blockTime(task, { ...HOUR, link: true });
  await expect(asked).rejects.toThrow(ReauthorizationRequiredError);
  await expect(asked).rejects.toMatchObject({ reason: 'never-connected', service: 'ticktick' });
});

test.for([{ workItemId: 4711 }, { draftId: 'r4711' }])(
  '23.links: with %j, which is nowhere, no link is made, and one that is there stays as it was',
  async (sides) => {
    const { user, tickTick, started } = await openLinks();
    const { id, projectId } = tickTick.createTask({ title: 'Report' });
    await expect(user.links.create({ id, projectId }, sides)).rejects.toThrow(NotFoundError);
    expect(await user.links.list()).toEqual([]);
    const { link } = await user.links.create({ id, projectId });
    await expect(user.links.create({ id, projectId }, sides)).rejects.toThrow(NotFoundError);
    expect(await user.links.get(id)).toEqual(link);
    expect((await started.context.doctor()).findings).toEqual([]);
  },
);

test('23.links: a side that was deleted since it was linked is named again, and is gone', async () => {
  const { user, tickTick, mail } = await openLinks();
  const { id, projectId } = tickTick.createTask({ title: 'Report' });
  const draft = await user.gmail.drafts.create({ ...MAIL, subject: 'Report', text: 'x' });
  await user.links.create({ id, projectId }, { draftId: draft.id });
  await user.gmail.drafts.delete(draft.id);
  expect(mail.drafts()).toEqual([]);
  const { link } = await user.links.create({ id, projectId }, { draftId: draft.id });
  expect(link.sides).toContainEqual(expect.objectContaining({ id: draft.id, isGone: true }));
});
