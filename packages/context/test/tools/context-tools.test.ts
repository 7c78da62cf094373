import { contextTools, type ToolName } from '@context-sdk/context/tools';
import { describe, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';
import { startAssistant } from './start-assistant.ts';

const READS: readonly ToolName[] = ['agenda', 'find', 'read', 'free_slots'];

test.each([-30, 30])(
  '16.22: a handle names its item on a machine whose clock is %d days from that of the one that gave it',
  async (days) => {
    const { user, sandbox } = await startAssistant();
    sandbox.ticktick.testUser().createTask({ title: 'named' });
    const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
    const found = JSON.stringify(await tools['find']?.execute({ kind: 'tasks', text: 'named' }));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 86_400_000 });
    try {
      const task = /\bt\d+\b/.exec(found)?.[0];
      expect(await tools['change_task']?.execute({ task, priority: 'high' })).toMatchObject({ status: 'ok' });
    } finally {
      vi.useRealTimers();
    }
  },
);

describe('definitions', () => {
  test('25.tools: 12 to 15 tools, each with what every host needs', async () => {
    const { user } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC' });
    expect(Object.keys(tools).length).toBeGreaterThanOrEqual(12);
    expect(Object.keys(tools).length).toBeLessThanOrEqual(15);
    for (const [name, tool] of Object.entries(tools)) {
      expect(tool.name).toBe(name);
      expect(name).toMatch(/^[a-z_]{1,64}$/);
      expect(Object.keys(tool).toSorted()).toEqual([
        'annotations',
        'description',
        'effect',
        'execute',
        'inputSchema',
        'name',
        'title',
      ]);
      expect(tool.annotations.readOnlyHint).toBe(tool.effect === 'read');
    }
    const reads = Object.values(tools).filter(({ effect }) => effect === 'read');
    expect(reads.map(({ name }) => name)).toEqual(READS);
  });

  test('25.tools: schemas are Standard Schema and Standard JSON Schema, strict, with an object at the root', async () => {
    const { user } = await startAssistant();
    for (const { inputSchema } of Object.values(contextTools(user, { timeZone: 'UTC' }))) {
      const { version, vendor, jsonSchema } = inputSchema['~standard'];
      expect([version, vendor]).toEqual([1, 'context-sdk']);
      const schema = jsonSchema.input({ target: 'draft-2020-12' });
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(schema['required']).toEqual(Object.keys(schema['properties'] as object));
      expect(jsonSchema.input({ target: 'draft-07' })['$schema']).toContain('draft-07');
      expect(() => jsonSchema.input({ target: 'openapi-3.0' })).toThrow('openapi-3.0');
    }
  });

  test('25.tools: the host chooses the tools, and services that it did not configure have none', async () => {
    const { user } = await startAssistant();
    expect(Object.keys(contextTools(user, { timeZone: 'UTC', allow: ['agenda', 'find'] }))).toEqual([
      'agenda',
      'find',
    ]);
    const ticktick = { clientId: 'x', clientSecret: 'y' };
    const alone = startContext({ providers: { ticktick } }).context.user('ada');
    expect(Object.keys(contextTools(alone, { timeZone: 'UTC' }))).toEqual([
      'agenda',
      'find',
      'read',
      'create_task',
      'change_task',
      'complete_task',
      'undo',
    ]);
  });

  test('25.tools: invalid options are refused by name', async () => {
    const { user } = await startAssistant();
    const create = (options: object) => () => contextTools(user, options as never);
    expect(create({})).toThrow('timeZone');
    expect(create({ timeZone: 'UTC', allow: ['agendas'] })).toThrow('allow');
    expect(create({ timeZone: 'UTC', approve: 'always' })).toThrow('approve');
    expect(create({ timeZone: 'UTC', allowed: [] })).toThrow('allowed');
  });
});

describe('inputs', () => {
  test.for([
    ['find', { kind: 'mail' }, 'kind'],
    ['find', { kind: 'tasks', from: 'tomorrow' }, 'from'],
    ['find', { kind: 'tasks', from: '2026-02-30' }, 'from'],
    ['find', { kind: 'tasks', limit: 5000 }, 'limit'],
    ['find', { kind: 'tasks', from: '2026-12-02', to: '2026-12-01' }, 'to'],
    ['read', { item: 'x1' }, 'item'],
    ['read', { item: 't999' }, 'item'],
    ['create_task', { title: '' }, 'title'],
    ['create_task', { title: 'x', time: '09:00' }, 'day'],
    ['create_task', { title: 'x', list: 'Nowhere' }, 'list'],
    ['create_task', { title: 'x', tittle: 'y' }, 'tittle'],
    ['change_task', { task: 'e1', title: 'x' }, 'task'],
    ['send_draft', { draft: 'd1' }, 'draft'],
    ['undo', { action: 'a00000000' }, 'action'],
    ['agenda', 'today', ''],
  ] as const)('25.tools: %s %j names the field', async ([name, input, field]) => {
    const { user } = await startAssistant();
    const answer = await contextTools(user, { timeZone: 'UTC' })[name]?.execute(input);
    expect(answer).toMatchObject({ status: 'invalid', field });
    expect(answer?.text).toMatch(/must|missing|names|empty|not|before/);
  });

  test('25.tools: a field that is left out counts as null', async () => {
    const { user, sandbox } = await startAssistant();
    const answer = await contextTools(user, { timeZone: 'UTC' })['create_task']?.execute({ title: 'Call' });
    expect(answer).toMatchObject({ status: 'ok' });
    expect(sandbox.ticktick.testUser().tasks()).toMatchObject([{ title: 'Call' }]);
  });
});

describe('answers', () => {
  test('25.tools: a missing connection and a missing scope say where to go', async () => {
    const { context, connectedUser } = startContext({ sandbox: { seed: 'empty' } });
    const stranger = contextTools(context.user('eve'), { timeZone: 'UTC' });
    const connectUrl = 'https://host.example/auth/ticktick/authorize';
    expect(await stranger['create_task']?.execute({ title: 'x' })).toMatchObject({
      status: 'connect',
      provider: 'ticktick',
      connectUrl,
      text: expect.stringContaining(connectUrl),
    });
    const partly = contextTools(await connectedUser(), { timeZone: 'UTC' });
    expect(await partly['find']?.execute({ kind: 'mails' })).toMatchObject({
      status: 'connect',
      provider: 'google',
      missingScopes: ['https://www.googleapis.com/auth/gmail.readonly'],
    });
  });

  test('25.tools: an agenda of nothing but services that are not connected says where to go', async () => {
    const { context } = startContext({ sandbox: { seed: 'empty' } });
    const stranger = contextTools(context.user('eve'), { timeZone: 'UTC' });
    const connectUrl = 'https://host.example/auth/ticktick/authorize';
    expect(await stranger['agenda']?.execute({})).toMatchObject({
      status: 'connect',
      provider: 'ticktick',
      connectUrl,
    });
  });

  test('25.tools: an agenda that could not be read at all is a failure, and one in part is not', async () => {
    const { user, sandbox } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC' });
    const hosts = ['api.ticktick.com', 'www.googleapis.com', 'dev.azure.com'];
    for (const host of hosts.slice(1)) {
      sandbox.faults.inject({ kind: 'status', status: 400 }, { host, rate: 1 });
    }
    expect(await tools['agenda']?.execute({})).toMatchObject({
      status: 'ok',
      text: expect.stringContaining('Not read: azure-devops'),
    });
    sandbox.faults.inject({ kind: 'status', status: 400 }, { host: hosts[0] ?? '', rate: 1 });
    expect(await tools['agenda']?.execute({})).toMatchObject({ status: 'failed' });
  });

  test('25.tools: a failing service is an answer, and an abort is not', async () => {
    const { user, sandbox } = await startAssistant();
    const tools = contextTools(user, { timeZone: 'UTC' });
    sandbox.faults.inject({ kind: 'status', status: 503 }, { host: 'api.ticktick.com', rate: 1 });
    expect(await tools['find']?.execute({ kind: 'tasks' })).toMatchObject({
      status: 'failed',
      code: 'service_unavailable',
      retryable: true,
    });
    const reason = new Error('over');
    await expect(tools['agenda']?.execute({}, { abortSignal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });
});

describe('tools at work', () => {
  test('25.tools: from the agenda to a change, by handles', async () => {
    const { user, sandbox } = await startAssistant();
    const { id } = sandbox.ticktick
      .testUser()
      .createTask({ title: 'Call the bank', dueDate: '2026-12-01T13:00:00.000+0000', timeZone: 'UTC' });
    const tools = contextTools(user, { timeZone: 'UTC' });
    const agenda = await tools['agenda']?.execute({ from: '2026-12-01', days: 1 });
    expect(agenda?.text).toBe('Tue 2026-12-01\nt1 13:00 Call the bank');
    const changed = await tools['change_task']?.execute({ task: 't1', priority: 'high', day: '2026-12-02' });
    expect(changed?.text).toMatch(/^Changed t1 2026-12-02 !high Call the bank\nUndo: a[0-9a-f]{8}$/);
    expect(sandbox.ticktick.testUser().task(id)).toMatchObject({ priority: 5, isAllDay: true });
    expect((await tools['find']?.execute({ kind: 'tasks', text: 'bank' }))?.text).toBe(
      't1 2026-12-02 !high Call the bank',
    );
    await tools['complete_task']?.execute({ task: 't1' });
    expect(sandbox.ticktick.testUser().task(id)).toMatchObject({ status: 2 });
  });

  test('25.tools: a handle is one user’s, and ends with the account', async () => {
    const { user, sandbox, connectedUser } = await startAssistant();
    sandbox.ticktick.testUser().createTask({ title: 'Private' });
    const find = { kind: 'tasks' };
    expect((await contextTools(user, { timeZone: 'UTC' })['find']?.execute(find))?.text).toBe('t1 Private');
    const other = contextTools(await connectedUser('eve'), { timeZone: 'UTC' });
    expect(await other['read']?.execute({ item: 't1' })).toMatchObject({ status: 'invalid', field: 'item' });
    await user.connections.disconnect('ticktick');
    await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    const tools = contextTools(user, { timeZone: 'UTC' });
    expect(await tools['complete_task']?.execute({ task: 't1' })).toMatchObject({
      status: 'invalid',
      field: 'task',
    });
    expect((await tools['find']?.execute(find))?.text).toBe('t2 Private');
  });

  test('25.tools: work items, with a description that stays text', async () => {
    const { user, sandbox } = await startAssistant();
    const [project] = sandbox.azureDevOps.organization.projects;
    const tools = contextTools(user, { timeZone: 'UTC' });
    const created = await tools['create_work_item']?.execute({
      title: 'Fix it',
      project: project?.name,
      description: '<img src=x onerror=alert(1)>',
    });
    expect(created?.text).toMatch(/^Created #1 \S.* Fix it\n/);
    expect(JSON.stringify(sandbox.azureDevOps.testUser().get(1)?.fields)).not.toContain('<img');
    const changed = await tools['change_work_item']?.execute({
      work_item: '#1',
      title: 'Fixed',
      comment: 'Done.',
    });
    expect(changed?.text).toMatch(/^Changed #1/);
    const read = await tools['read']?.execute({ item: '#1' });
    expect(read?.text).toContain('Done.');
    expect((await tools['find']?.execute({ kind: 'work-items', text: 'fixed' }))?.text).toMatch(
      /^#1 .*Fixed$/,
    );
  });

  test('25.tools: free slots and a block of time', async () => {
    const { user, sandbox } = await startAssistant();
    sandbox.ticktick.testUser().createTask({ title: 'Report' });
    const tools = contextTools(user, { timeZone: 'UTC' });
    const monday = nextMonday();
    const slots = await tools['free_slots']?.execute({ minutes: 60, from: monday, days: 1 });
    expect(slots?.text.split('\n')[0]).toBe(`${monday} 09:00-10:00`);
    await tools['find']?.execute({ kind: 'tasks' });
    const blocked = await tools['block_time']?.execute({ task: 't1', minutes: 60, from: monday, days: 1 });
    expect(blocked?.text).toContain(`Blocked ${monday} 09:00-10:00 for “Report”`);
    expect((await tools['agenda']?.execute({ from: monday, days: 1 }))?.text).toContain(
      't1 09:00-10:00 blocked Report',
    );
  });
});

/** At least a week ahead. */
function nextMonday(): string {
  const day = new Date(Date.now() + 7 * 86_400_000);
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
