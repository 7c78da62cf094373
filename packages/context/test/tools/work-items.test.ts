import type { User } from '@context-sdk/context';
import { contextTools } from '@context-sdk/context/tools';
import { createSandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';
import { startAssistant } from './start-assistant.ts';

const PROJECT = { project: 'Fabrikam' };

async function toolsOf(user: User) {
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const run = async (name: 'find' | 'read', input: object): Promise<string> =>
    (await tools[name]?.execute(input))?.text ?? '';
  return { client: await user.azureDevOps(), run };
}

describe('read tells of a work item', () => {
  test('Markdown with its line ends, its code and its addresses, in the description and in comments', async () => {
    const { client, run } = await toolsOf((await startAssistant()).user);
    const markdown = '# Plan\n\n- see `List<String>`\n- <https://example.com/a>\n<!-- unseen -->';
    const item = await client.workItems.create({
      ...PROJECT,
      type: 'Task',
      title: 'x',
      description: { markdown },
    });
    await client.comments.add(item.id, { markdown: 'first `Map<K, V>`\nsecond' }, PROJECT);
    const text = await run('read', { item: `#${item.id}`, detail: true });
    expect(text).toContain('# Plan\n\n- see `List<String>`\n- <https://example.com/a>');
    expect(text).toContain('first `Map<K, V>`\nsecond');
    expect(text).not.toContain('unseen');
  });

  test('how to reproduce a bug, also if it has a description, which its form does not show', async () => {
    const { client, run } = await toolsOf((await startAssistant()).user);
    const texts = { description: '<div>Imported.</div>', reproSteps: '<ol><li>Open the door</li></ol>' };
    const { id } = await client.workItems.create({ ...PROJECT, type: 'Bug', title: 'x', ...texts });
    const text = await run('read', { item: `#${id}` });
    expect(text).toContain('Imported.');
    expect(text).toContain('Open the door');
  });

  test('what looks like the quote of a mail: it belongs to the item', async () => {
    const { client, run } = await toolsOf((await startAssistant()).user);
    const html =
      '<div>From: Grace &lt;g@example.com&gt;<br>Sent: Monday<br>To: Ada</div><blockquote>It crashes.</blockquote>';
    const { id } = await client.workItems.create({ ...PROJECT, type: 'Bug', title: 'x', description: html });
    const text = await run('read', { item: `#${id}` });
    expect(text).toContain('From: Grace');
    expect(text).toContain('It crashes.');
  });
});

test('find has no items whose state is closed by its category, whatever its name', async () => {
  const emulated = createSandbox({
    seed: 'empty',
    azureDevOps: { seed: 'empty' },
    ticktick: { rateLimits: [] },
  });
  const started = startContext({
    emulated,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const response = await emulated.fetch(request);
      if (!/\/workitemtypes\b/i.test(request.url)) return response;
      const text = await response.text();
      return Response.json(JSON.parse(text.replaceAll('"category":"InProgress"', '"category":"Completed"')));
    },
  });
  const { client, run } = await toolsOf(await started.connectedUser());
  const assignedTo = emulated.azureDevOps.people[0]?.uniqueName;
  const create = (title: string) => client.workItems.create({ ...PROJECT, type: 'Task', title, assignedTo });
  const { id } = await create('Finished');
  await create('Begun');
  await client.workItems.update(id, { state: 'Active' });
  const text = await run('find', { kind: 'work-items' });
  expect(text).toContain('Begun');
  expect(text).not.toContain('Finished');
});

test('21: find reads no items for the account that was connected since they were found', async () => {
  const emulated = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty' } });
  let found: (() => Promise<unknown>) | undefined;
  const { connectedUser } = startContext({
    emulated,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const response = await emulated.fetch(request);
      if (request.url.includes('/wiql')) await found?.();
      return response;
    },
  });
  const user = await connectedUser();
  const { client, run } = await toolsOf(user);
  const assignedTo = emulated.azureDevOps.people[0]?.uniqueName;
  await client.workItems.create({ ...PROJECT, type: 'Task', title: 'x', assignedTo });
  const token = emulated.azureDevOps.issuePat({ person: 'norman@fabrikam.example' });
  found = () => user.connections.connect('azure-devops', { token });
  expect(await run('find', { kind: 'work-items' })).not.toContain('#1');
  expect(emulated.requests.map(({ operation }) => operation)).not.toContain('workItem.batchGet');
});

test.each([
  ['change_work_item', { state: 'Nope' }, 'state'],
  ['change_work_item', { assigned_to: 'nobody@example.com' }, 'assigned_to'],
  ['create_work_item', { title: 'x', assigned_to: 'nobody@example.com' }, 'assigned_to'],
] as const)('%s %j is refused by the name that the field has in the input', async (name, input, field) => {
  const { user } = await startAssistant();
  const item = await (await user.azureDevOps()).workItems.create({ ...PROJECT, type: 'Task', title: 'x' });
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const of = name === 'change_work_item' ? { work_item: `#${item.id}` } : {};
  expect(await tools[name]?.execute({ ...of, ...input })).toMatchObject({ status: 'invalid', field });
});
