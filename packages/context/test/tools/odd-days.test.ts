import { contextTools } from '@context-sdk/context/tools';
import { expect, test } from 'vitest';
import { startAssistant } from './start-assistant.ts';

test('25.tools: events of days that are over need their first day', async () => {
  const { user, sandbox } = await startAssistant();
  sandbox.google.testUser().calendar.addEvent({
    summary: 'Review',
    start: { dateTime: '2026-03-01T09:00:00Z' },
    end: { dateTime: '2026-03-01T10:00:00Z' },
  });
  const find = contextTools(user, { timeZone: 'UTC' })['find'];
  expect(await find?.execute({ kind: 'events', to: '2026-03-05' })).toMatchObject({
    status: 'invalid',
    field: 'to',
  });
  const found = await find?.execute({ kind: 'events', from: '2026-03-01', to: '2026-03-05' });
  expect(found?.text).toContain('Review');
});

test.each([
  ['agenda', { from: '9999-12-31' }, 'from'],
  ['find', { kind: 'events', to: '9999-12-31' }, 'to'],
  ['find', { kind: 'mails', to: '9999-12-31' }, 'to'],
  ['find', { kind: 'events', from: '0000-01-01' }, 'from'],
  ['free_slots', { minutes: 60, from: '9999-12-25' }, 'from'],
  ['block_time', { task: 't1', minutes: 60, from: '9999-12-25' }, 'from'],
  ['plan_tasks', { from: '9999-12-25' }, 'from'],
  ['read', { item: '#0' }, 'item'],
  ['change_work_item', { work_item: '#0', priority: 1 }, 'work_item'],
] as const)('25.tools: %s of %j is refused by the field of the input', async (name, input, field) => {
  const { user } = await startAssistant();
  const tools = contextTools(user, { timeZone: 'Pacific/Kiritimati' });
  expect(await tools[name]?.execute(input)).toMatchObject({ status: 'invalid', field });
});
