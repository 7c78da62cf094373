import type { Sandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { idOf, stillSandbox } from '../support.ts';
import { addTask, apiOf, type CallApi } from './support.ts';

const URL = 'http://localhost:8000/webhooks/ticktick';
const EVENTS = ['task.created', 'task.updated', 'task.deleted'];

interface Receiver {
  readonly sandbox: Sandbox;
  readonly api: CallApi;
  readonly received: { url: string; body: unknown }[];
  readonly waits: number[];
}

/** A sandbox whose webhooks arrive here; `answers` are the receiver's statuses in turn, then 200. */
async function receiver(
  answers: (number | Error)[] = [],
  wanted: readonly string[] = EVENTS,
): Promise<Receiver> {
  const received: Receiver['received'] = [];
  const waits: number[] = [];
  const sandbox = stillSandbox({
    sleep: async (ms) => void waits.push(ms),
    ticktick: {
      dialect: 'guide',
      deliver: async (target, init) => {
        received.push({ url: target, body: JSON.parse(String(init.body)) });
        const answer = answers.shift() ?? 200;
        if (answer instanceof Error) throw answer;
        return new Response(null, { status: answer });
      },
    },
  });
  const api = apiOf(sandbox);
  const { status, json } = await api('POST /webhook', { url: URL, events: wanted });
  expect({ status, json }).toEqual({
    status: 200,
    json: { id: expect.any(String), url: URL, events: wanted },
  });
  return { sandbox, api, received, waits };
}

describe('a webhook', () => {
  test('brings each change as { event, data }', async () => {
    const { sandbox, api, received } = await receiver();
    const { json } = await api('POST /task', { title: 'x' });
    const id = idOf(json);
    await api(`PUT /task/${id}`, { title: 'y' });
    sandbox.ticktick.testUser().deleteTask(id);
    await sandbox.ticktick.webhooks.settled();
    expect(received).toEqual([
      { url: URL, body: { event: 'task.created', data: json } },
      { url: URL, body: { event: 'task.updated', data: expect.objectContaining({ id, title: 'y' }) } },
      { url: URL, body: { event: 'task.deleted', data: expect.objectContaining({ id, title: 'y' }) } },
    ]);
  });

  test('brings only the events that were asked for', async () => {
    const { sandbox, received } = await receiver([], ['task.deleted']);
    const { id } = addTask(sandbox);
    sandbox.ticktick.testUser().deleteTask(id);
    await sandbox.ticktick.webhooks.settled();
    expect(received).toHaveLength(1);
  });

  test('is tried again, with growing pauses, until the answer is 2xx', async () => {
    const { sandbox, waits } = await receiver([500, new Error('unreachable'), 204]);
    const { id: taskId } = addTask(sandbox);
    await sandbox.ticktick.webhooks.settled();
    const attempt = { url: URL, event: 'task.created', taskId, at: sandbox.clock.now() };
    expect(sandbox.ticktick.webhooks.deliveries).toEqual([
      { ...attempt, attempt: 1, status: 500 },
      { ...attempt, attempt: 2, status: undefined },
      { ...attempt, attempt: 3, status: 204 },
    ]);
    expect(waits).toEqual([50, 100]);
  });

  test('is given up after three retries', async () => {
    const { sandbox, received, waits } = await receiver([500, 500, 500, 500]);
    addTask(sandbox);
    await sandbox.ticktick.webhooks.settled();
    expect(received).toHaveLength(4);
    expect(waits).toEqual([50, 100, 200]);
  });

  test('is refused without a url or events', async () => {
    const { api } = await receiver();
    expect((await api('POST /webhook', { events: EVENTS })).status).toBe(400);
    expect((await api('POST /webhook', { url: URL })).status).toBe(400);
  });
});
