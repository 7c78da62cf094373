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
