import { memoryStore } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';

const BAD: [name: string, answer: () => Response][] = [
  ['200 with a page', () => new Response('<!doctype html>')],
  ['an empty 200', () => new Response('')],
  ['500 unknown_exception', () => Response.json({ errorCode: 'unknown_exception' }, { status: 500 })],
  ['the 404 page of a proxy', () => new Response('<html>', { status: 404 })],
  ['403', () => new Response('', { status: 403 })],
  ['18.4: 400 with a code', () => Response.json({ errorCode: 'bad_request' }, { status: 400 })],
  ['18.4: 200 with an object for a list', () => Response.json({})],
  ['18.4: 200 with a text for a list', () => Response.json('ok')],
  ['18.4: 200 with JSON that ends early', () => new Response('[{"id":"a"')],
  ['18.4: 204', () => new Response(null, { status: 204 })],
  ['18.4: 405', () => new Response('', { status: 405 })],
];

test.concurrent.each(BAD)('a watch does not end on %s', async (_name, bad) => {
  const tasks = [{ id: 'a', projectId: 'p', title: 'x', status: 0 }];
  let polls = 0;
  const client = clientOf(() => {
    polls += 1;
    return polls === 2 || polls === 3 ? bad() : Response.json(polls < 4 ? [] : tasks);
  });
  const errors: unknown[] = [];
  const options = {
    store: memoryStore(),
    key: 'k',
    intervalMs: 5,
    onError: (error: unknown) => errors.push(error),
  };
  for await (const event of client.changes.watch(options)) {
    expect(event.type).toBe('task.created');
    break;
  }
  expect(errors).toHaveLength(2);
});
