import { isObject } from '@context-sdk/oauth-core/client-kit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDeliveries } from '../support/start-deliveries.ts';

const HOUR = 3_600_000;
/** Every project's tasks are read from this many on. */
const MANY = 200;
const IDS = [
  ['half of a surrogate pair', '\ud800'],
  ['a path', 'a/b'],
  ['the folder above', '..'],
  ['too long', 'a'.repeat(5000)],
  ['what every object has', '__proto__'],
  ['what every object inherits', 'constructor'],
] as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

type Rows = Record<string, unknown>[];

/** A polling context whose responses with rows can be changed on their way. */
function start() {
  let change: ((rows: Rows, url: string) => void) | undefined;
  const started = startDeliveries({
    baseUrl: 'http://localhost:8000',
    fetch: async (input, init) => {
      const { url } = new Request(input, init);
      const response = await started.sandbox.fetch(input, init);
      const body: unknown = await response
        .clone()
        .json()
        .catch(() => undefined);
      const rows = isObject(body) ? (body['tasks'] ?? body['workItems']) : body;
      if (change === undefined || !Array.isArray(rows)) return response;
      change(rows as Rows, url);
      return Response.json(body, { status: response.status });
    },
  });
  return {
    ...started,
    poll: async (changing?: typeof change) => {
      change = changing;
      vi.setSystemTime(Date.now() + HOUR);
      return (await started.context.runMaintenance()).failures;
    },
  };
}

describe.each(IDS)('16.14: %s for an id takes nobody else', (_, id) => {
  test.each([
    ['a task', 1],
    ['a task of many', MANY],
  ])('of %s, while it is there and once it is gone', async (_name, count) => {
    const { context, sandbox, events, poll } = start();
    await context.user('ada').connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    const tickTick = sandbox.ticktick.testUser();
    const { id: projectId } = tickTick.createProject({ name: 'P' });
    for (let index = 0; index < count; index += 1) tickTick.createTask({ title: 'old', projectId });
    await poll();
    const odd = (rows: Rows, url: string): void => {
      const [first] = rows;
      if (/task\/filter|\/data$/.test(url) && first !== undefined)
        rows.push({ ...first, id }, { ...first, id: 'f'.repeat(24), projectId: id });
      if (url.endsWith('/project')) rows.push({ id, name: 'odd' });
    };
    tickTick.createTask({ title: 'one', projectId });
    expect(await poll(odd)).toEqual([]);
    tickTick.createTask({ title: 'two', projectId });
    expect(await poll()).toEqual([]);
    tickTick.createTask({ title: 'three', projectId });
    expect(await poll()).toEqual([]);
    const told = events.flatMap((event) => (event.type === 'task.created' ? [event.data.title] : []));
    expect(told.filter((title) => title !== 'old')).toEqual(['one', 'two', 'three']);
  });
});

test('16.14: a work item with an impossible id in a query takes no other', async () => {
  const { context, sandbox, events, poll } = start();
  await context.user('ada').connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
  const developer = sandbox.azureDevOps.testUser();
  const ada = sandbox.azureDevOps.people[0]?.uniqueName ?? '';
  const create = (title: string) =>
    developer.create({ type: 'Task', fields: { 'System.Title': title, 'System.AssignedTo': ada } });
  create('old');
  await poll();
  const { id } = create('new');
  expect(
    await poll((rows) => void rows.unshift({ id: -1 }, { id: 0 }, { id: 1.5 }, { id: 2 ** 31 })),
  ).toEqual([]);
  expect(events.map((event) => event.id)).toEqual([`${id}/1`]);
});
