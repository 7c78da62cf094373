import { memoryRateLimiter, memoryStore } from '@context-sdk/oauth-core';
import { ApiError, ContextSdkError } from '@context-sdk/oauth-core/errors';
import { createSandbox } from '@context-sdk/sandbox';
import type { TickTickTestUser } from '@context-sdk/sandbox/ticktick';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import { type FeedEvent, TickTickClient } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

const PAGE = '<!doctype html><title>Maintenance</title>';

/** Answers that say nothing about tasks and projects. */
const SENSELESS: (() => Response)[] = [
  () => new Response(null, { status: 204 }),
  () => new Response(''),
  () => new Response(PAGE),
  () => new Response(PAGE, { status: 404 }),
  () => new Response(PAGE, { status: 502 }),
  () => new Response('', { status: 400 }),
  () => new Response('', { status: 403 }),
  () => new Response('[{"id":"'),
  () => Response.json('ok'),
  () => Response.json([null]),
  () => Response.json([{}]),
  () => Response.json({ tasks: {} }),
  () => Response.json({ project: {}, tasks: [null, { title: 'x' }] }),
];

interface Round {
  kind: string;
  pick: number;
  /** The senseless answers of the round's requests; `undefined` is an answer of the service. */
  answers: (number | undefined)[];
}

const ROUND: fc.Arbitrary<Round> = fc.record({
  kind: fc.constantFrom('create', 'delete', 'complete', 'move', 'move', 'rename'),
  pick: fc.nat(),
  answers: fc.array(fc.option(fc.nat(SENSELESS.length - 1), { nil: undefined, freq: 1 }), { maxLength: 12 }),
});

function act(user: TickTickTestUser, { kind, pick }: Round): void {
  const open = user.tasks().filter(({ status }) => status === 0);
  const task = open[pick % Math.max(1, open.length)];
  const project = user.projects()[pick % 2]?.id ?? '';
  if (task === undefined || kind === 'create') user.createTask({ title: `new ${pick}`, projectId: project });
  else if (kind === 'delete') user.deleteTask(task.id);
  else if (kind === 'complete') user.completeTask(task.id);
  else if (kind === 'move') user.moveTask(task.id, project);
  else user.updateTask(task.id, { title: `renamed ${pick}` });
}

function checkNothingLost(events: readonly FeedEvent[], user: TickTickTestUser): void {
  for (const { type, data } of events) {
    if (type === 'task.deleted') expect(user.tasks().find(({ id }) => id === data.id)?.status).not.toBe(0);
    if (type === 'task.completed') expect(user.task(data.id)?.status).toBe(2);
    expect(type).not.toBe('project.deleted');
  }
}

async function follow(seed: 'empty' | number, rounds: readonly Round[]): Promise<void> {
  const sandbox = createSandbox({ seed, ticktick: { rateLimits: [] } });
  const user = sandbox.ticktick.testUser();
  for (const name of ['A', 'B']) user.createProject({ name });
  const answers: (number | undefined)[] = [];
  const client = new TickTickClient({
    auth: sandbox.ticktick.issueApiToken(),
    limits: [],
    rateLimiter: memoryRateLimiter(),
    retry: { attempts: 1 },
    fetch: async (input, init) => SENSELESS[answers.shift() ?? -1]?.() ?? (await sandbox.fetch(input, init)),
  });
  const store = memoryStore();
  const open = new Map<string, string>();
  const poll = async (): Promise<number> => {
    const batch = await client.changes.poll({ store, key: 'k', initial: 'emit', projects: true });
    checkNothingLost(batch.events, user);
    for (const { type, data } of batch.events) {
      if (/^task.(deleted|completed)$/.test(type)) open.delete(data.id);
      else if (type.startsWith('task.') && 'title' in data) open.set(data.id, data.title);
    }
    await batch.acknowledge();
    return batch.events.length;
  };
  await poll();
  for (const round of rounds) {
    sandbox.clock.advance(1000);
    act(user, round);
    answers.push(...round.answers);
    await poll().catch((error: unknown) => {
      expect(error).toBeInstanceOf(ContextSdkError);
      expect(error).toSatisfy(
        (failure: ContextSdkError) =>
          failure.retryable || failure.code === 'unexpected_response' || failure instanceof ApiError,
      );
    });
    answers.length = 0;
  }
  for (let left = 20; left > 0 && (await poll()) > 0; left -= 1);
  const now = user.tasks().filter(({ status }) => status === 0);
  expect(open).toEqual(new Map(now.map(({ id, title }) => [id, title])));
}

test('18.4: whatever requests are answered with, nothing is told as deleted that is there, and nothing is lost', async () => {
  const rounds = fc.array(ROUND, { minLength: 4, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(rounds, (each) => follow('empty', each)),
    { numRuns: propertyRuns(20) },
  );
  await fc.assert(
    fc.asyncProperty(rounds, (each) => follow(205, each)),
    { numRuns: propertyRuns(2) },
  );
});
