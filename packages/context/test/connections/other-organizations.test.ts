import { contextTools } from '@context-sdk/context/tools';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z'), toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** A host with an organization and a project of its own, and a user who has connected another organization. */
async function userOfAnotherOrganization(baseUrl: string) {
  const told: unknown[] = [];
  const azureDevOps = {
    seed: 'empty',
    rateLimit: false,
    organizations: ['fabrikam', 'contoso'],
    loopbackHooks: true,
  } as const;
  const emulated = createSandbox({ seed: 'empty', azureDevOps });
  const [fabrikam, contoso] = emulated.azureDevOps.organizations;
  const { context } = startContext({
    baseUrl,
    emulated,
    providers: { azureDevOps: { organizationUrl: fabrikam?.url, project: fabrikam?.projects[0]?.id } },
    onEvent: ({ data }) => void told.push((data as { id: number }).id),
  });
  const user = context.user('ada');
  await user.connections.connect('azure-devops', {
    token: emulated.azureDevOps.issuePat({ organization: 'contoso' }),
    organizationUrl: contoso?.url,
  });
  const items = emulated.azureDevOps.testUser('contoso');
  const assigned = { 'System.AssignedTo': emulated.azureDevOps.people[0]?.uniqueName ?? '' };
  const create = (title: string): number => {
    vi.setSystemTime(Date.now() + 10);
    return items.create({ type: 'Task', fields: { ...assigned, 'System.Title': title } }).id;
  };
  return { context, user, create, told, emulated };
}

test("21: the host's project is not asked for in another organization: its users have an agenda, and tools", async () => {
  const { user, create } = await userOfAnotherOrganization('https://host.example');
  create('Theirs');
  const { undated, errors } = await user.agenda({
    from: '2026-11-20T00:00:00Z',
    to: '2026-12-20T00:00:00Z',
    timeZone: 'UTC',
  });
  expect(errors['azure-devops']).toBeUndefined();
  expect(undated.map(({ fields }) => fields['System.Title'])).toEqual(['Theirs']);
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const created = await tools['create_work_item']?.execute({ title: 'By a tool' });
  expect(created).toMatchObject({ text: expect.stringContaining('By a tool') });
});

test('21: their items are polled, those that are assigned to them', async () => {
  const { context, create, told } = await userOfAnotherOrganization('http://localhost:8000');
  create('first');
  await context.runMaintenance();
  const id = create('second');
  vi.setSystemTime(Date.now() + 6 * MINUTE);
  expect((await context.runMaintenance()).failures).toEqual([]);
  expect(told).toEqual([id]);
});

test('21: their hooks are those of their own projects', async () => {
  const { context, emulated } = await userOfAnotherOrganization('https://host.example');
  expect((await context.runMaintenance()).failures).toEqual([]);
  const subscriptions = emulated.requests.filter(({ path }) => /\/contoso\/_apis\/hooks/.test(path));
  expect(subscriptions.filter(({ method, status }) => method === 'POST' && status === 200)).toHaveLength(5);
});

test('21: a server of an intranet without TLS, by choice: users connect, also as it is spelled otherwise', async () => {
  const emulated = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const organizationUrl = 'http://tfs.intranet.example/fabrikam';
  const start = (allowHttp?: boolean) =>
    startContext({
      emulated,
      providers: {
        azureDevOps: { organizationUrl, allowedHosts: ['tfs.intranet.example'], allowHttp },
      },
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const url = request.url.replace('http://tfs.intranet.example', 'https://dev.azure.com');
        return await emulated.fetch(new Request(url, request));
      },
    }).context;
  const token = emulated.azureDevOps.issuePat();
  const refused = start().user('ada').connections.connect('azure-devops', { token });
  await expect(refused).rejects.toMatchObject({ code: 'configuration' });
  const user = start(true).user('ada');
  await user.connections.connect('azure-devops', { token });
  const other = { token, organizationUrl: 'http://TFS.intranet.example/fabrikam/' };
  await user.connections.connect('azure-devops', other);
  const client = await user.azureDevOps();
  expect(client.organizationUrl).toBe(organizationUrl);
  expect(await client.workItems.create({ project: 'Fabrikam', type: 'Task', title: 'x' })).toMatchObject({
    id: 1,
  });
});
