import { createMcpEndpoint } from '@context-sdk/context/mcp';
import { contextTools } from '@context-sdk/context/tools';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startAssistant } from './start-assistant.ts';

/** A Monday at noon: the day that is asked for has begun. */
const NOW = new Date('2027-03-01T12:00:00Z');
const VERSION = '2026-07-28';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

async function open() {
  const started = await startAssistant();
  started.sandbox.ticktick.testUser().createTask({ title: 'Report' });
  const tools = contextTools(started.user, { timeZone: 'UTC', approve: 'writes' });
  await tools['find']?.execute({ kind: 'tasks' });
  const blocks = () =>
    started.sandbox.google
      .testUser()
      .calendar.events()
      .map(({ summary, start }) => ({ summary, start }));
  return { ...started, tools, blocks };
}

test('25.approval: the same block, asked for again while it waits, is the same approval', async () => {
  const { tools, context, blocks } = await open();
  const first = await tools['block_time']?.execute({ task: 't1', minutes: 60 });
  vi.setSystemTime(NOW.getTime() + 60_000);
  expect(await tools['block_time']?.execute({ task: 't1', minutes: 60 })).toEqual(first);
  const [waiting, ...others] = await context.actions.pending('ada');
  expect(others).toEqual([]);
  await context.actions.approve('ada', waiting?.token ?? '');
  expect(blocks()).toMatchObject([
    { summary: 'Report', start: { dateTime: expect.stringContaining('T13:15:00+01:00') as string } },
  ]);
});

test('25.mcp: a client that asks its user about a block is not asked again once the user agrees', async () => {
  const { context, blocks } = await open();
  const endpoint = createMcpEndpoint(context, {
    library: () => import('@modelcontextprotocol/server'),
    timeZone: 'UTC',
    approve: 'writes',
    getUser: () => 'ada',
  });
  const call = async (inputResponses?: object): Promise<string> => {
    const params = {
      name: 'block_time',
      arguments: { task: 't1', minutes: 60 },
      ...(inputResponses !== undefined && { inputResponses }),
      _meta: {
        'io.modelcontextprotocol/protocolVersion': VERSION,
        'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
      },
    };
    const response = await endpoint.fetch(
      new Request('https://host.example/mcp', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': VERSION,
          'mcp-method': 'tools/call',
          'mcp-name': 'block_time',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
      }),
    );
    return await response.text();
  };
  const [, id = ''] = /"inputRequests":\{"([^"]+)"/.exec(await call()) ?? [];
  vi.setSystemTime(NOW.getTime() + 5_000);
  expect(await call({ [id]: { action: 'accept', content: {} } })).toContain('Blocked 2027-03-01');
  expect(blocks()).toHaveLength(1);
  await endpoint.close();
});
