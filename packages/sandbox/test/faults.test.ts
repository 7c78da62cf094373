import { describe, expect, test } from 'vitest';
import { rejectionOf, stillSandbox } from './support.ts';
import { apiOf, setUp } from './ticktick/support.ts';

const PROJECT = 'https://api.ticktick.com/open/v1/project';

describe('a fault', () => {
  test('resets the connection before the service saw the request', async () => {
    const { api, testUser, sandbox } = setUp();
    sandbox.faults.inject({ kind: 'reset', when: 'before' });
    const error = await rejectionOf(api('POST /task', { title: 'x' }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    expect(testUser.tasks()).toEqual([]);
    expect(sandbox.requests).toMatchObject([{ operation: 'task.create', status: undefined }]);
  });

  test('resets the connection after it: the work is done and the answer lost', async () => {
    const { api, testUser, sandbox } = setUp();
    sandbox.faults.inject({ kind: 'reset', when: 'after' });
    await expect(api('POST /task', { title: 'x' })).rejects.toThrow('fetch failed');
    expect(testUser.tasks()).toHaveLength(1);
  });

  test('cuts the body: the headers are good, the stream fails in the middle', async () => {
    const { sandbox } = setUp();
    sandbox.faults.inject({ kind: 'cut-body' });
    const headers = { authorization: `Bearer ${sandbox.ticktick.issueApiToken()}` };
    const response = await sandbox.fetch('https://api.ticktick.com/open/v1/preference', {
      method: 'POST',
      headers,
    });
    expect(response.status).toBe(200);
    const reader = response.clone().body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('{"timeZone":"Amer');
    expect(await rejectionOf(response.text())).toMatchObject({
      message: 'terminated',
      cause: { code: 'UND_ERR_SOCKET' },
    });
  });

  test('answers a status instead of the service, with Retry-After and a body', async () => {
    const { api, testUser, sandbox } = setUp();
    sandbox.faults.inject({ kind: 'status', status: 429, retryAfter: 7, body: { error: 'slow down' } });
    const refused = await api('POST /task', { title: 'x' });
    expect(refused).toMatchObject({ status: 429, json: { error: 'slow down' } });
    expect(refused.headers.get('retry-after')).toBe('7');
    sandbox.faults.inject({ kind: 'status', status: 503 });
    expect(await api('POST /task', { title: 'x' })).toMatchObject({ status: 503, text: '' });
    expect(testUser.tasks()).toEqual([]);
  });

  test('waits; latencies add up and go with other faults', async () => {
    const waits: number[] = [];
    const sandbox = stillSandbox({ sleep: async (ms) => void waits.push(ms) });
    sandbox.faults.inject({ kind: 'latency', ms: 100 });
    sandbox.faults.inject({ kind: 'latency', ms: 20 });
    sandbox.faults.inject({ kind: 'status', status: 502 });
    expect((await apiOf(sandbox)('GET /project')).status).toBe(502);
    expect(waits).toEqual([120]);
  });

  test('that waits ends when the caller aborts', async () => {
    const { sandbox } = setUp();
    sandbox.faults.inject({ kind: 'latency', ms: 60_000 });
    const abort = new AbortController();
    const pending = rejectionOf(sandbox.fetch(PROJECT, { signal: abort.signal }));
    abort.abort(new Error('enough'));
    expect(await pending).toMatchObject({ message: 'enough' });
    expect(await rejectionOf(sandbox.fetch(PROJECT, { signal: abort.signal }))).toMatchObject({
      message: 'enough',
    });
  });
});

describe('where a fault strikes', () => {
  const fault = { kind: 'status', status: 503 } as const;

  test('is the next request, or the next few', async () => {
    const { api, sandbox } = setUp();
    const injected = sandbox.faults.inject(fault, { times: 2 });
    const statuses: number[] = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await api('GET /project')).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect(injected.hits).toBe(2);
  });

  test.each([
    { method: 'POST' },
    { path: '/open/v1/task' },
    { path: /\/task$/ },
    { operation: 'task.create' },
    { operation: ['task.update', 'task.create'] },
    { host: 'api.ticktick.com', method: 'POST' },
  ])('can be chosen: %o', async (scope) => {
    const { api, sandbox } = setUp();
    sandbox.faults.inject(fault, scope);
    expect((await api('GET /project')).status).toBe(200);
    expect((await api('POST /task', { title: 'x' })).status).toBe(503);
  });

  test('can be by chance, the same requests for the same seed', async () => {
    const struckWith = async (randomSeed: number): Promise<number[]> => {
      const faults = [{ fault, scope: { rate: 0.2 } }];
      const { api } = setUp({ faults, randomSeed, ticktick: { rateLimits: [] } });
      const struck: number[] = [];
      for (let index = 0; index < 500; index += 1) {
        if ((await api('GET /project')).status === 503) struck.push(index);
      }
      return struck;
    };
    const struck = await struckWith(7);
    expect(struck.length).toBeGreaterThan(70);
    expect(struck.length).toBeLessThan(130);
    expect(await struckWith(7)).toEqual(struck);
    expect(await struckWith(8)).not.toEqual(struck);
  });

  test('is nowhere once it is removed', async () => {
    const { api, sandbox } = setUp();
    sandbox.faults.inject(fault).remove();
    expect((await api('GET /project')).status).toBe(200);
    sandbox.faults.inject(fault);
    sandbox.faults.clear();
    expect((await api('GET /project')).status).toBe(200);
  });
});
