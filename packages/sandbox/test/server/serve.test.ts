import { type SandboxServer, serveSandbox } from '@context-sdk/sandbox/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf, listOf, textOf } from '../support.ts';

let server: SandboxServer;
beforeAll(async () => {
  server = await serveSandbox({ seed: 'empty', google: { mail: 'strict' } });
});
afterAll(async () => await server.close());

const JSON_TYPE = { 'content-type': 'application/json' };

async function act(
  action: string,
  body?: unknown,
  headers: Record<string, string> = JSON_TYPE,
): Promise<unknown> {
  const [method = '', name = ''] = action.split(' ');
  const response = await fetch(`${server.url}/_sandbox/${name}`, {
    method,
    headers,
    ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
  });
  return await response.json();
}

const createTask = async (fields: object): Promise<Response> => {
  const token = await act('POST tokens', { host: 'api.ticktick.com' });
  const headers = { ...JSON_TYPE, authorization: textOf(token, 'authorization') };
  const url = `${server.urlOf('api.ticktick.com')}/open/v1/task`;
  return await fetch(url, { method: 'POST', headers, body: JSON.stringify(fields) });
};

describe('22.server', () => {
  test('tokens for programs in any language, and what they did', async () => {
    expect((await createTask({ title: 'From afar ', tags: ['Big'] })).status).toBe(200);
    const overview = fieldsOf(await act('GET overview'));
    expect(listOf(overview['requests'])[0]).toMatchObject({
      call: 'POST api.ticktick.com/open/v1/task',
      account: 'demo@example.com',
      status: 200,
    });
    expect(listOf(overview['violations']).map((one) => textOf(one, 'problem'))).toEqual([
      'task.tags are stored in lower case',
      'task.title is stored without the spaces around it',
    ]);
    expect(JSON.stringify(overview)).not.toContain('Bearer');
  });

  test('faults are switched on and off', async () => {
    await act('POST faults', {
      fault: { kind: 'status', status: 503 },
      scope: { path: '^/open/', times: 9 },
    });
    expect((await createTask({ title: 'x' })).status).toBe(503);
    expect(listOf(fieldsOf(await act('GET overview'))['faults'])).toMatchObject([{ hits: 1 }]);
    await act('DELETE faults');
    expect((await createTask({ title: 'x' })).status).toBe(200);
  });

  test('what is deleted needs no body, and so no type', async () => {
    await act('POST faults', { fault: { kind: 'status', status: 503 } });
    for (const name of ['faults', 'requests']) {
      const response = await fetch(`${server.url}/_sandbox/${name}`, { method: 'DELETE' });
      expect(response.status).toBe(200);
    }
    expect(await act('GET overview')).toMatchObject({ faults: [], requests: [] });
  });

  test.each([
    [{ kind: 'status' }, {}, 'fault.status'],
    [{ kind: 'page', status: '503' }, {}, 'fault.status'],
    [{ kind: 'status', status: 99 }, {}, 'fault.status'],
    [{ kind: 'status', status: 503, when: 'later' }, {}, 'fault.when'],
    [{ kind: 'reset' }, {}, 'fault.when'],
    [{ kind: 'latency' }, {}, 'fault.ms'],
    [{ kind: 'status', status: 503, retryafter: 5 }, {}, 'fault.retryafter'],
    [{ kind: 'status', status: 503 }, { operatoin: 'project.list' }, 'scope.operatoin'],
    [{ kind: 'status', status: 503 }, { times: '2' }, 'scope.times'],
    [{ kind: 'status', status: 503 }, { path: '(' }, 'scope.path'],
    [{ kind: 'status', status: 503 }, ['project.list'], 'scope'],
  ])('a fault that is not whole is refused by name: %j %j', async (fault, scope, name) => {
    const answer = await act('POST faults', { fault, scope });
    expect(textOf(answer, 'error')).toMatch(new RegExp(`^${name}\\b`));
    expect(await act('GET overview')).toMatchObject({ faults: [] });
  });

  test('the clock moves', async () => {
    const before = Date.parse(textOf(await act('GET overview'), 'now'));
    const { now } = fieldsOf(await act('POST clock', { advanceMs: 86_400_000 }));
    expect(Date.parse(String(now)) - before).toBeGreaterThanOrEqual(86_400_000);
  });

  test('a state is saved, and loaded in place of what is there', async () => {
    const saved = await act('GET state');
    const tasks = server.sandbox.ticktick.testUser().tasks();
    await createTask({ title: 'later' });
    expect(await act('PUT state', saved)).toEqual({});
    const restored = server.sandbox.ticktick.testUser().tasks();
    expect(restored.map(({ id, title }) => [id, title])).toEqual(tasks.map(({ id, title }) => [id, title]));
  });

  test('a mail as MCP servers send it is mended, listed and shown', async () => {
    const token = textOf(await act('POST tokens', { host: 'gmail.googleapis.com' }), 'authorization');
    const mail = 'From: me\nTo: Grace <grace@example.com>\nSubject: Grüße\n\nHello.\n';
    const raw = Buffer.from(mail).toString('base64url');
    const url = `${server.urlOf('gmail.googleapis.com')}/gmail/v1/users/me/messages/send`;
    const headers = { ...JSON_TYPE, authorization: token };
    const send = async (body: object): Promise<Response> =>
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    expect((await send({ raw })).status).toBe(200);
    const overview = fieldsOf(await act('GET overview'));
    expect(listOf(overview['mails'])[0]).toMatchObject({ to: ['grace@example.com'], subject: 'Grüße' });
    const problems = listOf(overview['violations']).map((one) => textOf(one, 'problem'));
    expect(problems.some((problem) => problem.startsWith('Invalid line ending'))).toBe(true);
    const nobody = Buffer.from('To: nobody\nSubject: x\n\nx').toString('base64url');
    expect(await (await send({ raw: nobody })).json()).toMatchObject({
      error: { message: 'Invalid To header' },
    });
  });

  test.each([
    ['POST clock', { advanceMs: -1 }, 'advanceMs must be a number of milliseconds, 0 or more.'],
    ['POST faults', { fault: { kind: 'fire' } }, 'fault.kind must be one of latency, reset'],
    ['POST tokens', { host: 'example.com' }, 'host must be one of the hosts of the sandbox.'],
    ['PUT state', { requests: 1 }, 'requests must be a list.'],
    ['POST none', {}, 'no such action'],
  ])('%s refuses %j by its field', async (action, body, words) => {
    expect(textOf(await act(action, body), 'error')).toContain(words);
  });

  test('a page of another site cannot act on it', async () => {
    const error = textOf(await act('DELETE requests', {}, { 'content-type': 'text/plain' }), 'error');
    expect(error).toBe('The content type must be application/json.');
  });

  test('with strict, what is mended is refused', async () => {
    const strict = await serveSandbox({ seed: 'empty', strict: true });
    const headers = { ...JSON_TYPE, authorization: `Bearer ${strict.sandbox.ticktick.issueApiToken()}` };
    const url = `${strict.urlOf('api.ticktick.com')}/open/v1/task`;
    const body = JSON.stringify({ title: 'x', colour: 'red' });
    const response = await fetch(url, { method: 'POST', headers, body });
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('task.colour is not known'),
    ]);
    expect(strict.sandbox.violations).toHaveLength(1);
    await strict.close();
  });
});
