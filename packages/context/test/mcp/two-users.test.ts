import { createMcpEndpoint } from '@context-sdk/context/mcp';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

const NAMES = ['ada', 'eve'] as const;

async function start() {
  const accounts = NAMES.map((name, at) => ({
    id: 1000 + at,
    username: `${name}@example.com`,
    displayName: name,
    timeZone: 'UTC',
  }));
  const emulated = createSandbox({ seed: 'empty', ticktick: { rateLimits: [], accounts } });
  const { context } = startContext({ emulated });
  for (const name of NAMES) {
    const token = emulated.ticktick.issueApiToken(`${name}@example.com`);
    await context.user(name).connections.connect('ticktick', { token });
    for (let at = 0; at < 3; at += 1) {
      emulated.ticktick.testUser(`${name}@example.com`).createTask({ title: `${name} ${at}` });
    }
  }
  const endpoint = createMcpEndpoint(context, {
    library: () => import('@modelcontextprotocol/server'),
    timeZone: 'UTC',
    approve: 'writes',
    // As a host without types may write it: a header that is missing is `null`.
    getUser: (request) => request.headers.get('x-user') as string,
  });
  const call = async (user: string | undefined, name: string, input: object): Promise<string> => {
    const response = await endpoint.fetch(
      new Request('https://host.example/mcp', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...(user !== undefined && { 'x-user': user }),
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name, arguments: input },
        }),
      }),
    );
    if (!response.ok) return String(response.status);
    const text = await response.text();
    const message = JSON.parse(/\{.*\}/s.exec(text)?.[0] ?? '{}') as {
      result?: { content: { text: string }[] };
    };
    return message.result?.content[0]?.text ?? text;
  };
  return { context, emulated, endpoint, call };
}

test('25.mcp: two users at once over one endpoint are never mixed', async () => {
  const { call, context, endpoint } = await start();
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, at) => {
      const name = NAMES[at % 2] ?? 'ada';
      const other = NAMES[(at + 1) % 2] ?? 'eve';
      const text =
        at % 4 < 2
          ? await call(name, 'find', { kind: 'tasks' })
          : await call(name, 'create_task', { title: `${name} waits ${at}` });
      return text.includes(name) && !text.includes(other);
    }),
  );
  expect(answers).toEqual(answers.map(() => true));
  for (const name of NAMES) {
    const pending = await context.actions.pending(name);
    expect(pending).toHaveLength(10);
    expect(pending.every(({ description }) => description.includes(`“${name} waits`))).toBe(true);
  }
  await endpoint.close();
});

test('25.mcp: a request of nobody is nobody’s', async () => {
  const { call, endpoint } = await start();
  expect(await call(undefined, 'find', { kind: 'tasks' })).toBe('401');
  expect(await call('', 'find', { kind: 'tasks' })).toBe('401');
  await endpoint.close();
});
