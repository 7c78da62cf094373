import { memoryStore, NetworkError } from '@context-sdk/oauth-core';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';

const BAD: [name: string, answer: () => Response][] = [
  ['200 with a page', () => new Response('<!doctype html>')],
  ['an empty 200', () => new Response('')],
  ['500 unknown_exception', () => Response.json({ errorCode: 'unknown_exception' }, { status: 500 })],
  ['the 404 page of a proxy', () => new Response('<html>', { status: 404 })],
  ['403', () => new Response('', { status: 403 })],
  ['400 with a code', () => Response.json({ errorCode: 'bad_request' }, { status: 400 })],
  ['200 with an object for a list', () => Response.json({})],
  ['200 with a text for a list', () => Response.json('ok')],
  ['200 with JSON that ends early', () => new Response('[{"id":"a"')],
  ['204', () => new Response(null, { status: 204 })],
  ['405', () => new Response('', { status: 405 })],
  ['a redirect to a page of sign-in', () => Response.redirect('https://ticktick.com/signin', 302)],
  ['200 with bytes that are no text', () => new Response(new Uint8Array([0xff, 0xfe, 0x5b]))],
];

test.concurrent.each(BAD)('18.4: a watch does not end on %s', async (_name, bad) => {
  const tasks = [{ id: 'a', projectId: 'p', title: 'x', status: 0 }];
  let polls = 0;
  const client = new TickTickClient({
    auth: 'token',
    limits: [],
    retry: { attempts: 1 },
    fetch: async () => {
      polls += 1;
      return polls === 2 || polls === 3 ? bad() : Response.json(polls < 4 ? [] : tasks);
    },
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

test('18.4: a watch does not end where a token could not be had once', async () => {
  let asked = 0;
  const client = new TickTickClient({
    auth: {
      account: 'watch-without-token',
      getAccessToken: async () => {
        asked += 1;
        if (asked === 2)
          throw new NetworkError('The token endpoint was not reached.', { service: 'ticktick', sent: false });
        return 'token';
      },
    },
    limits: [],
    retry: { attempts: 1 },
    fetch: async () => Response.json(asked < 3 ? [] : [{ id: 'a', projectId: 'p', title: 'x', status: 0 }]),
  });
  const errors: unknown[] = [];
  const onError = (error: unknown): void => {
    errors.push(error);
    throw new Error('the log is full');
  };
  for await (const event of client.changes.watch({
    store: memoryStore(),
    key: 'k',
    intervalMs: 5,
    onError,
  })) {
    expect(event.type).toBe('task.created');
    break;
  }
  expect(errors).toMatchObject([{ code: 'network' }]);
});

test('18.4: nothing in place of the list of projects tells of no deletion', async () => {
  const store = memoryStore();
  const told: string[][] = [];
  for (const projects of [[{ id: 'p1', name: 'P' }], null, [{ id: 'p1', name: 'P' }], []]) {
    const client = clientOf(({ url }) => Response.json(url.endsWith('/project') ? projects : []));
    const batch = await client.changes.poll({ store, key: 'k', projects: true });
    await batch.acknowledge();
    told.push(batch.events.map(({ type }) => type));
  }
  expect(told).toEqual([[], [], [], ['project.deleted']]);
});
