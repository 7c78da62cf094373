import { createMcpEndpoint } from '@context-sdk/context/mcp';
import { expect, test } from 'vitest';
import { BASE_URL } from '../support/start-context.ts';
import { startAssistant } from '../tools/start-assistant.ts';

const CREATE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'create_task', arguments: { title: 'One' } },
});

/** https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning */
test('25.mcp: a page of another site does nothing with the cookies of a user, one of the host’s own does', async () => {
  const { context, sandbox } = await startAssistant({ trustedOrigins: ['https://chat.example'] });
  const endpoint = createMcpEndpoint(context, {
    library: () => import('@modelcontextprotocol/server'),
    timeZone: 'UTC',
    getUser: (request) => (request.headers.get('cookie') === 'session=ada' ? 'ada' : undefined),
  });
  const statusFrom = async (origin: string | undefined): Promise<number> => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      cookie: 'session=ada',
      ...(origin !== undefined && { origin }),
    };
    const url = `${origin?.startsWith('http') ? origin : BASE_URL}/mcp`;
    const response = await endpoint.fetch(new Request(url, { method: 'POST', headers, body: CREATE }));
    await response.text();
    return response.status;
  };
  const others = ['https://evil.example', 'null', 'https://chat.example.evil.example'];
  for (const origin of others) expect(await statusFrom(origin)).toBe(403);
  expect(sandbox.ticktick.testUser().tasks()).toEqual([]);
  for (const origin of [undefined, new URL(BASE_URL).origin, 'https://chat.example'])
    expect(await statusFrom(origin)).toBe(200);
  expect(sandbox.ticktick.testUser().tasks()).toHaveLength(3);
  await endpoint.close();
});
