import {
  classifyByStatus,
  defineService,
  type HttpRequest,
  jsonWire,
} from '@context-sdk/oauth-core/client-kit';
import { expect, test } from 'vitest';

const sent: string[] = [];
const service = defineService(
  {
    name: 'notes',
    baseUrl: 'https://notes.example/v1',
    limits: [],
    operations: {
      'notes.list': { safety: 'safe', method: 'GET', path: '/books/{book}/notes', query: ['after', 'limit'] },
      'notes.get': { safety: 'safe', method: 'GET', path: '/notes/{id}' },
    },
    wire: jsonWire,
    classify: classifyByStatus('notes', () => ({})),
  },
  {
    auth: 'secret-token',
    fetch: async (input) => {
      sent.push(new Request(input).url);
      return Response.json({});
    },
  },
);

const send = (name: 'notes.list' | 'notes.get', request: HttpRequest): Promise<unknown> =>
  service.call().send(name, request);

test('a request has the parameters of its row, escaped, and none that is undefined', async () => {
  await send('notes.list', { params: { book: 'a/b' }, query: { limit: 2, after: undefined } });
  expect(sent.at(-1)).toBe('https://notes.example/v1/books/a%2Fb/notes?limit=2');
});

test('a query parameter that the row does not list is refused before anything is sent', async () => {
  const before = sent.length;
  const asked = send('notes.get', { params: { id: '1' }, query: { expand: true } });
  await expect(asked).rejects.toThrow('/notes/{id} has no query parameter expand');
  expect(sent).toHaveLength(before);
});

test.each(['', '.', '..', '\uD800'])(
  'the path value %j is refused with the name of its parameter',
  async (id) => {
    await expect(send('notes.get', { params: { id } })).rejects.toMatchObject({ field: 'id' });
  },
);
