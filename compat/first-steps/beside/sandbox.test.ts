import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

const API = 'https://api.ticktick.com/open/v1';
const TOKEN = 'token-of-a-test';
const LISTED = 200;

interface Task {
  id: string;
  projectId: string;
  title: string;
  status: number;
}

// What stands in for the service.
const tasks = new Map<string, Task>();
const isKnown = (request: Request) => request.headers.get('authorization') === `Bearer ${TOKEN}`;
const refusal = () => HttpResponse.json({ error: 'invalid_token' }, { status: 401 });
const server = setupServer(
  http.post(`${API}/task`, async ({ request }) => {
    if (!isKnown(request)) return refusal();
    const { title = '', projectId = 'inbox1' } = (await request.json()) as Partial<Task>;
    const task = { id: crypto.randomUUID(), projectId, title: title.trim(), status: 0 };
    tasks.set(task.id, task);
    return HttpResponse.json(task);
  }),
  http.post(`${API}/project/:projectId/task/:taskId/complete`, ({ request, params }) => {
    if (!isKnown(request)) return refusal();
    const task = tasks.get(String(params['taskId']));
    if (task && task.projectId === params['projectId']) task.status = 2;
    return new HttpResponse(null, { status: 200 });
  }),
  http.post(`${API}/task/filter`, async ({ request }) => {
    if (!isKnown(request)) return refusal();
    const { status = [0] } = (await request.json()) as { status?: number[] };
    const found = [...tasks.values()].filter((task) => status.includes(task.status));
    return HttpResponse.json(found.slice(0, LISTED));
  }),
);
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
beforeEach(() => tasks.clear());
afterAll(() => server.close());

// What the test is about: the application's calls.
async function call(path: string, body?: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const response = await fetch(`${API}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}
const create = async (title: string) => (await call('/task', { title })) as Task;
const complete = (task: Task) => call(`/project/${task.projectId}/task/${task.id}/complete`);
const listOpen = async () => (await call('/task/filter', { status: [0] })) as Task[];

test('a task that is completed is not open anymore', async () => {
  await complete(await create('Pack'));
  expect(await listOpen()).toEqual([]);
});
