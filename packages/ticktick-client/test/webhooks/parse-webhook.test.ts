import { WebhookParseError } from '@context-sdk/oauth-core';
import { parseTickTickWebhook, type Task, unreadFields } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

const task = { id: 'a', projectId: 'b', title: 'x', extra: { kept: true } };

test.each(['task.created', 'task.updated', 'task.deleted'] as const)(
  'reads %s from text, bytes and JSON',
  (type) => {
    const raw = { event: type, data: task };
    const text = JSON.stringify(raw);
    for (const body of [text, new TextEncoder().encode(text), `\uFEFF${text}`, raw]) {
      expect(parseTickTickWebhook(body)).toEqual({
        source: 'ticktick',
        type,
        verified: false,
        data: task,
        raw,
      });
    }
  },
);

test('a deletion may carry the id alone', () => {
  const event = parseTickTickWebhook({ event: 'task.deleted', data: { id: 'a' } });
  expect(event.data).toEqual({ id: 'a' });
});

test('an unknown event is kept', () => {
  const raw = { event: 'habit.checked', data: [1, 2], more: true };
  expect(parseTickTickWebhook(raw)).toEqual({
    source: 'ticktick',
    type: 'unknown',
    event: 'habit.checked',
    verified: false,
    data: [1, 2],
    raw,
  });
});

const malformed: [field: string, body: unknown][] = [
  ['body', 'not json'],
  ['body', ''],
  ['body', '[]'],
  ['body', null],
  ['body', undefined],
  ['event', {}],
  ['event', { event: '' }],
  ['event', { event: 7, data: task }],
  ['data', { event: 'task.created' }],
  ['data.id', { event: 'task.created', data: { projectId: 'b' } }],
  ['data.id', { event: 'task.deleted', data: { id: 7 } }],
  ['data.id', { event: 'task.updated', data: { id: '' } }],
  ['body', ' '.repeat(10 * 1024 * 1024)],
  ['body', new Uint8Array(10 * 1024 * 1024)],
];

test.each(malformed)('names %s', (field, body) => {
  expect(() => parseTickTickWebhook(body)).toThrow(WebhookParseError);
  expect(() => parseTickTickWebhook(body)).toThrow(expect.objectContaining({ field }) as Error);
});

test('18.5: what a gateway sends as null, or as something else, is absent in an event as in a list', () => {
  const odd = {
    id: 'a',
    projectId: 'b',
    title: null,
    dueDate: null,
    startDate: 1_795_000_000_000,
    tags: null,
    items: [{ title: null, status: 0 }, null],
    reminders: ['TRIGGER:PT0S', 7],
    extra: null,
  };
  for (const event of ['task.created', 'task.updated'] as const) {
    const { data, raw } = parseTickTickWebhook({ event, data: odd });
    expect(data).toEqual({
      id: 'a',
      projectId: 'b',
      title: '',
      items: [{ title: '', status: 0 }],
      reminders: ['TRIGGER:PT0S'],
    });
    expect(unreadFields(data as Task)).toEqual(['startDate', 'reminders[1]', 'items[1]']);
    expect(raw).toEqual({ event, data: odd });
  }
  const deleted = parseTickTickWebhook({ event: 'task.deleted', data: { id: 'a', title: null, tags: null } });
  expect(deleted.data).toEqual({ id: 'a' });
});
