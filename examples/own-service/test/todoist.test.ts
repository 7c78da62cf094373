import {
  ConfigurationError,
  InvalidRequestError,
  memoryRateLimiter,
  NotFoundError,
  ReauthorizationRequiredError,
  TimeoutError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TodoistClient } from '../todoist.ts';

const TASKS = 'https://api.todoist.com/api/v1/tasks';
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const client = (options = {}) =>
  new TodoistClient({
    auth: 'secret-token',
    rateLimiter: memoryRateLimiter(),
    retry: { minDelayMs: 1 },
    ...options,
  });

test('every page of a list arrives, with the token on each request', async () => {
  const seen: (string | null)[] = [];
  server.use(
    http.get(TASKS, ({ request }) => {
      seen.push(request.headers.get('authorization'));
      const cursor = new URL(request.url).searchParams.get('cursor');
      return HttpResponse.json(
        cursor === null
          ? { results: [{ id: '1', content: 'a' }], next_cursor: 'more' }
          : { results: [{ id: '2', content: 'b' }], next_cursor: null },
      );
    }),
  );
  expect((await client().list().toArray()).map(({ id }) => id)).toEqual(['1', '2']);
  expect(seen).toEqual(['Bearer secret-token', 'Bearer secret-token']);
});

test('a page that names itself as the next one is an error, and no loop', async () => {
  server.use(http.get(TASKS, () => HttpResponse.json({ results: [], next_cursor: 'again' })));
  await expect(client().list().toArray()).rejects.toThrow(UnexpectedResponseError);
});

test('a read is tried again after a 503, a creation is not', async () => {
  let requests = 0;
  const unavailable = () => {
    requests += 1;
    return new HttpResponse(null, { status: 503 });
  };
  server.use(http.get(`${TASKS}/1`, unavailable), http.post(TASKS, unavailable));
  await expect(client().get('1')).rejects.toThrow('answered 503');
  expect(requests).toBe(3);
  await expect(client().create({ content: 'x' })).rejects.toThrow('answered 503');
  expect(requests).toBe(4);
});

test('failures are typed errors with the words of the service', async () => {
  server.use(http.get(`${TASKS}/1`, () => HttpResponse.json({ error: 'No such task' }, { status: 404 })));
  await expect(client().get('1')).rejects.toThrow(NotFoundError);
  await expect(client().get('1')).rejects.toThrow('No such task');
  server.use(http.get(`${TASKS}/1`, () => new HttpResponse(null, { status: 401 })));
  await expect(client().get('1')).rejects.toThrow(ReauthorizationRequiredError);
});

test('what is not JSON, or lacks an id, is an unexpected response', async () => {
  server.use(http.get(`${TASKS}/1`, () => HttpResponse.html('<h1>Maintenance</h1>')));
  await expect(client().get('1')).rejects.toThrow(
    'todoist answered tasks.get with something other than JSON.',
  );
  server.use(http.get(`${TASKS}/1`, () => HttpResponse.json({ content: 'x' })));
  await expect(client().get('1')).rejects.toThrow('without a string in id');
});

test('an id is one segment of the path, whatever is in it', async () => {
  server.use(
    http.get(`${TASKS}/:id`, ({ request }) => HttpResponse.json({ id: new URL(request.url).pathname })),
  );
  expect((await client().get('../a b/ü')).id).toBe('/api/v1/tasks/..%2Fa%20b%2F%C3%BC');
  await expect(client().get('..')).rejects.toThrow(InvalidRequestError);
  await expect(client().get('')).rejects.toThrow('id');
});

test('a deadline is one for all pages', async () => {
  let requests = 0;
  server.use(
    http.get(TASKS, () =>
      HttpResponse.json({ results: [{ id: '1' }], next_cursor: String((requests += 1)) }),
    ),
  );
  await expect(client().list({ deadlineMs: 300 }).toArray()).rejects.toThrow(TimeoutError);
  expect(requests).toBeGreaterThan(1);
});

test.each([
  ['signal', { signal: new AbortController() as unknown as AbortSignal }],
  ['deadlineMs', { deadlineMs: 0 }],
  ['timeoutMs', { timeoutMs: Number.NaN }],
  ['maxWaitMs', { maxWaitMs: -1 }],
])('an option that cannot work is refused by name: %s', async (name, options) => {
  await expect(client().get('1', options)).rejects.toThrow(ConfigurationError);
  await expect(client().get('1', options)).rejects.toThrow(name);
});

test('null options are absent options', async () => {
  server.use(http.get(`${TASKS}/1`, () => HttpResponse.json({ id: '1' })));
  const options = { signal: null, deadlineMs: null, timeoutMs: null } as unknown as { signal?: AbortSignal };
  expect((await client().get('1', options)).id).toBe('1');
});
