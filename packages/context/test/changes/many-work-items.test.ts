import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z'), toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

test('20.1: more changes of work items than a query may find are told over several polls', async () => {
  const told: unknown[] = [];
  const { context, sandbox } = startContext({
    baseUrl: 'http://localhost:8000',
    sandbox: { azureDevOps: { seed: 'empty', rateLimit: false, wiqlLimit: 2_400 } },
    onEvent: ({ data }) => void told.push((data as { id: number }).id),
  });
  await context.user('ada').connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
  const ada = sandbox.azureDevOps.testUser();
  const assignedTo = sandbox.azureDevOps.people[0]?.uniqueName ?? '';
  const create = (): number => {
    vi.setSystemTime(Date.now() + 10);
    return ada.create({ type: 'Task', fields: { 'System.Title': 'x', 'System.AssignedTo': assignedTo } }).id;
  };
  create();
  await context.runMaintenance();
  const ids = Array.from({ length: 2_500 }, create);
  for (let polls = 0; polls < 3; polls += 1) {
    vi.setSystemTime(Date.now() + 6 * MINUTE);
    expect((await context.runMaintenance()).failures).toEqual([]);
  }
  expect(told).toEqual(ids);
}, 60_000);

test('20.1: a change between two of an item that is read meanwhile is told by the next poll', async () => {
  const told: unknown[] = [];
  let meanwhile: (() => void) | undefined;
  const emulated = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const { context } = startContext({
    baseUrl: 'http://localhost:8000',
    emulated,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (/workitemsbatch/i.test(request.url)) meanwhile?.();
      return await emulated.fetch(request);
    },
    onEvent: ({ id }) => void told.push(id),
  });
  const { azureDevOps } = emulated;
  await context.user('ada').connections.connect('azure-devops', { token: azureDevOps.issuePat() });
  const ada = azureDevOps.testUser();
  const assignedTo = azureDevOps.people[0]?.uniqueName ?? '';
  const create = (): number => {
    vi.setSystemTime(Date.now() + 10);
    return ada.create({ type: 'Task', fields: { 'System.Title': 'x', 'System.AssignedTo': assignedTo } }).id;
  };
  const poll = async (): Promise<void> => {
    vi.setSystemTime(Date.now() + 6 * MINUTE);
    expect((await context.runMaintenance()).failures).toEqual([]);
  };
  create();
  await context.runMaintenance();
  const [first, second] = [create(), create()];
  let between = 0;
  meanwhile = () => {
    meanwhile = undefined;
    between = create();
    vi.setSystemTime(Date.now() + 10);
    ada.update(first, { 'System.Title': 'y' });
  };
  await poll();
  await poll();
  await poll();
  expect(told).toEqual([`${first}/2`, `${second}/1`, `${between}/1`]);
});

test('20.1: an item whose time of change can’t be read doesn’t hold up the others', async () => {
  const told: unknown[] = [];
  const polled: string[] = [];
  const emulated = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const { context } = startContext({
    baseUrl: 'http://localhost:8000',
    emulated,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.url.includes('/wiql')) polled.push(await request.clone().text());
      const response = await emulated.fetch(request);
      if (!/workitemsbatch/i.test(request.url)) return response;
      const { value } = (await response.json()) as { value: { fields: Record<string, unknown> }[] };
      const last = value.at(-1);
      if (value.length > 1 && last) last.fields['System.ChangedDate'] = 'odd';
      return Response.json({ value });
    },
    onEvent: ({ id }) => void told.push(id),
  });
  const { azureDevOps } = emulated;
  await context.user('ada').connections.connect('azure-devops', { token: azureDevOps.issuePat() });
  const assignedTo = azureDevOps.people[0]?.uniqueName ?? '';
  const create = (): number => {
    vi.setSystemTime(Date.now() + 1_000);
    return azureDevOps
      .testUser()
      .create({ type: 'Task', fields: { 'System.Title': 'x', 'System.AssignedTo': assignedTo } }).id;
  };
  create();
  await context.runMaintenance();
  const ids = [create(), create(), create()];
  for (let polls = 0; polls < 2; polls += 1) {
    vi.setSystemTime(Date.now() + 6 * MINUTE);
    expect((await context.runMaintenance()).failures).toEqual([]);
  }
  expect(told).toEqual(ids.map((id) => `${id}/1`));
  expect(polled.at(-1)).not.toBe(polled.at(-2));
});

test('21: a project that is configured by its id is polled', async () => {
  const told: unknown[] = [];
  const emulated = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const { azureDevOps } = emulated;
  const [project] = azureDevOps.organization.projects;
  const { context } = startContext({
    baseUrl: 'http://localhost:8000',
    emulated,
    providers: { azureDevOps: { organizationUrl: azureDevOps.organization.url, project: project?.id } },
    onEvent: ({ data }) => void told.push((data as { id: number }).id),
  });
  await context.user('ada').connections.connect('azure-devops', { token: azureDevOps.issuePat() });
  const create = (): number => {
    vi.setSystemTime(Date.now() + 10);
    return azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } }).id;
  };
  create();
  await context.runMaintenance();
  const id = create();
  vi.setSystemTime(Date.now() + 6 * MINUTE);
  expect((await context.runMaintenance()).failures).toEqual([]);
  expect(told).toEqual([id]);
});
