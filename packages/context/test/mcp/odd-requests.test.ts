import { inspect } from 'node:util';
import { createMcpEndpoint } from '@context-sdk/context/mcp';
import { expect, test } from 'vitest';
import { startAssistant } from '../tools/start-assistant.ts';

const VERSION = '2026-07-28';

interface Answer {
  status: number;
  body: {
    error?: { code: number };
    result?: {
      resultType?: string;
      isError?: boolean;
      inputRequests?: Record<string, unknown>;
      content?: { text: string }[];
    };
  };
}

async function start() {
  const started = await startAssistant();
  const endpoint = createMcpEndpoint(started.context, {
    library: () => import('@modelcontextprotocol/server'),
    timeZone: 'UTC',
    approve: 'writes',
    getUser: () => 'ada',
  });
  const post = async (body: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await endpoint.fetch(
      new Request('https://host.example/mcp', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
        },
        body,
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      body: JSON.parse(/[{[].*[}\]]/s.exec(text)?.[0] ?? '{}') as Answer['body'],
    };
  };
  /** A call of a client that can ask its user. */
  const call = async (inputResponses?: object): Promise<Answer['body']['result']> => {
    const params = {
      name: 'create_task',
      arguments: { title: 'Once' },
      ...(inputResponses !== undefined && { inputResponses }),
      _meta: {
        'io.modelcontextprotocol/protocolVersion': VERSION,
        'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
      },
    };
    const request = { jsonrpc: '2.0', id: 1, method: 'tools/call', params };
    const headers = {
      'mcp-protocol-version': VERSION,
      'mcp-method': 'tools/call',
      'mcp-name': 'create_task',
    };
    return (await post(JSON.stringify(request), headers)).body.result;
  };
  const tasks = () => started.sandbox.ticktick.testUser().tasks();
  return { ...started, endpoint, post, call, tasks };
}

test('25.mcp: consent counts once, for what was asked before: a request that arrives again asks again', async () => {
  const { call, tasks, endpoint, context } = await start();
  const [id = ''] = Object.keys((await call())?.inputRequests ?? {});
  expect(id).not.toBe('');
  const accepted = { [id]: { action: 'accept', content: {} } };
  const done = await call(accepted);
  expect(done?.content?.[0]?.text).toMatch(/^Created/);
  expect(tasks()).toHaveLength(1);
  const again = await call(accepted);
  expect(Object.keys(again?.inputRequests ?? {})).toEqual([id]);
  expect(tasks()).toHaveLength(1);
  const declined = await call({ [id]: { action: 'decline' } });
  expect(declined).toMatchObject({ isError: true });
  expect(await context.actions.pending('ada')).toEqual([]);
  await Promise.all([call(), call()]);
  await Promise.all([call(accepted), call(accepted), call(accepted)]);
  expect(tasks()).toHaveLength(2);
  await endpoint.close();
});

test('25.mcp: consent to what nobody asked does nothing', async () => {
  const { call, tasks, endpoint, context } = await start();
  await call();
  const [waiting] = await context.actions.pending('ada');
  await context.actions.reject('ada', waiting?.token ?? '');
  await call({ [waiting?.id ?? '']: { action: 'accept', content: {} } });
  expect(tasks()).toHaveLength(0);
  await endpoint.close();
});

test.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['an empty batch', '[]'],
  ['a number', '1'],
  ['no method', '{"jsonrpc":"2.0","id":1}'],
  ['JSON-RPC 1.0', '{"jsonrpc":"1.0","id":1,"method":"tools/list"}'],
  ['a method that is none', '{"jsonrpc":"2.0","id":1,"method":"tools/steal","params":{}}'],
  [
    'a tool that is none',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"__proto__","arguments":{}}}',
  ],
  [
    'arguments that are a list',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_task","arguments":[1]}}',
  ],
  [
    '5 MB',
    JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'create_task', arguments: { title: 'x'.repeat(5_000_000) } },
    }),
  ],
])('25.mcp: a body with %s is answered with an error, and nothing is done', async (_name, body) => {
  const { post, tasks, endpoint, context } = await start();
  const answer = await post(body);
  const isRefused =
    answer.status >= 400 || answer.body.error !== undefined || answer.body.result?.isError === true;
  expect(isRefused).toBe(true);
  expect(answer.status).toBeLessThan(500);
  expect(tasks()).toHaveLength(0);
  expect(await context.actions.pending('ada')).toEqual([]);
  await endpoint.close();
});

test('25.mcp: a host hears that its verifier failed, and of tokens that are not valid it does not', async () => {
  const { context } = await startAssistant();
  const errors: Error[] = [];
  const failures: unknown[] = [
    new TypeError('the secret s3cret'),
    Object.assign(new Error('s3cret'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('s3cret'), { code: 's3cret', name: 's3cret' }),
    's3cret',
    Object.assign(new Error('s3cret'), { code: 'invalid_token' }),
  ];
  const failing = [...failures];
  const endpoint = createMcpEndpoint(context, {
    timeZone: 'UTC',
    getUser: () => 'ada',
    library: () => import('@modelcontextprotocol/server'),
    onError: (error) => errors.push(error),
    authorization: {
      resourceUrl: 'https://host.example/mcp',
      verifier: { verifyAccessToken: async () => Promise.reject(failing.shift()) },
      metadata: {
        issuer: 'https://issuer.example',
        authorization_endpoint: 'https://issuer.example/a',
        token_endpoint: 'https://issuer.example/t',
        response_types_supported: ['code'],
      },
    },
  });
  const headers = { authorization: 'Bearer t' };
  const statuses: number[] = [];
  for (const _ of failures)
    statuses.push(
      (await endpoint.fetch(new Request('https://host.example/mcp', { method: 'POST', headers }))).status,
    );
  expect(statuses).toEqual([500, 500, 500, 500, 401]);
  expect(errors.map(({ message }) => message)).toEqual([
    'authorization.verifier failed with TypeError.',
    'authorization.verifier failed with Error (ECONNREFUSED).',
    'authorization.verifier failed with Error.',
    'authorization.verifier failed with Error.',
  ]);
  expect(inspect(errors, { depth: 9 })).not.toContain('s3cret');
});

test('16.39: what is wrong or missing in authorization is named, and null is none', async () => {
  const { context } = await startAssistant();
  const options = {
    timeZone: 'UTC',
    getUser: () => 'ada',
    library: () => import('@modelcontextprotocol/server'),
  };
  const authorization = {
    resourceUrl: 'https://host.example/mcp',
    verifier: { verifyAccessToken: async () => Promise.reject(new Error('none')) },
    metadata: {
      issuer: 'https://issuer.example',
      authorization_endpoint: 'https://issuer.example/a',
      token_endpoint: 'https://issuer.example/t',
      response_types_supported: ['code'],
    },
  };
  const wrong = { resourceUrl: 'mcp', verifier: {}, metadata: undefined };
  for (const [member, value] of Object.entries(wrong))
    expect(() =>
      createMcpEndpoint(context, { ...options, authorization: { ...authorization, [member]: value } }),
    ).toThrow(expect.objectContaining({ field: `authorization.${member}` }));
  for (const none of [null as never, undefined])
    expect(() => createMcpEndpoint(context, { ...options, authorization: none })).not.toThrow();
});

test('25.mcp: an SDK that could not be loaded once is loaded again', async () => {
  const { context } = await startAssistant();
  const options = { timeZone: 'UTC', getUser: () => 'ada' };
  const library = () => import('@modelcontextprotocol/server');
  let loads = 0;
  const endpoint = createMcpEndpoint(context, {
    ...options,
    library: async () => {
      loads += 1;
      if (loads === 1) throw new Error('the disk is busy');
      return await library();
    },
  });
  const request = () => new Request('https://host.example/mcp', { method: 'POST', body: '{}' });
  await expect(endpoint.fetch(request())).rejects.toThrow('the disk is busy');
  expect((await endpoint.fetch(request())).status).toBeLessThan(500);
  await endpoint.close();
});
