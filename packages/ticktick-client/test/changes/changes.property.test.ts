import { memoryRateLimiter, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import type { TickTickTestUser } from '@context-sdk/sandbox/ticktick';
import { type Task, type TaskChangeEvent, TickTickClient } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

const KEY = 'user-1/ticktick/changes';

type Step =
  | { kind: 'create' | 'edit' | 'move' | 'complete' | 'reopen' | 'delete'; pick: number; recurring: boolean }
  | { kind: 'delete-project'; pick: number; recurring: boolean }
  | { kind: 'poll' | 'crash'; pick: number; recurring: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    'create',
    'create',
    'create',
    'edit',
    'edit',
    'move',
    'complete',
    'complete',
    'reopen',
    'delete',
    'delete-project',
    'poll',
    'poll',
    'crash',
  ),
  pick: fc.nat(),
  recurring: fc.boolean(),
});

/** The account as somebody would know it who only hears the events. */
class Follower {
  readonly open = new Map<string, Task>();
  readonly acknowledged = new Set<string>();

  fold(events: TaskChangeEvent[], testUser: TickTickTestUser): void {
    for (const event of events) {
      expect(this.acknowledged.has(event.id), `repeated ${event.id}`).toBe(false);
      if (event.type === 'task.deleted') {
        const isThere = testUser.tasks().some(({ id, status }) => id === event.data.id && status === 0);
        expect(isThere, `${event.data.id} was not deleted`).toBe(false);
        this.open.delete(event.data.id);
      } else if (event.type !== 'task.completed') this.open.set(event.data.id, event.data);
      else if (event.recurringTaskId === undefined) this.open.delete(event.data.id);
      else expect(testUser.task(event.data.id)?.status).toBe(2);
      this.acknowledged.add(event.id);
    }
  }
}

function change(testUser: TickTickTestUser, { kind, pick, recurring }: Step): void {
  const projects = testUser.projects();
  const project = projects[pick % Math.max(1, projects.length)];
  const tasks = testUser.tasks();
  const open = tasks.filter(({ status }) => status === 0);
  const task = open[pick % Math.max(1, open.length)];
  const done = tasks.filter(({ status, repeatFlag }) => status === 2 && !repeatFlag);
  if (kind === 'create') {
    const repeat = { dueDate: '2026-11-22T08:00:00+0000', repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1' };
    const projectId = project && pick % 3 ? { projectId: project.id } : {};
    testUser.createTask({ title: `task ${pick}`, ...projectId, ...(recurring && repeat) });
  } else if (kind === 'delete-project') {
    if (project !== undefined && projects.length > 1) testUser.deleteProject(project.id);
  } else if (kind === 'reopen') {
    const closed = done[pick % Math.max(1, done.length)];
    if (closed !== undefined) testUser.updateTask(closed.id, { status: 0 });
  } else if (task === undefined) return;
  else if (kind === 'edit')
    testUser.updateTask(task.id, { title: `edited ${pick}`, priority: recurring ? 5 : 0 });
  else if (kind === 'move') testUser.moveTask(task.id, project?.id ?? testUser.inboxId);
  else if (kind === 'complete') testUser.completeTask(task.id);
  else if (kind === 'delete') testUser.deleteTask(task.id);
}

function clientOf(sandbox: Sandbox): TickTickClient {
  return new TickTickClient({
    auth: sandbox.ticktick.issueApiToken(),
    fetch: sandbox.fetch,
    limits: [],
    rateLimiter: memoryRateLimiter(),
  });
}

/** Polls in a process that dies before it acknowledges, or even before it has polled: its lease is never given back. */
async function crash(sandbox: Sandbox, store: RecordStore): Promise<void> {
  const polled = clientOf(sandbox).changes.poll({ store, key: KEY, leaseTtlMs: 10 });
  await polled.catch(() => undefined);
}

/** Without the ids of children, which follow from the children's parents: a task's etag stays when they change (assumed). */
function comparable(tasks: readonly Task[]): Task[] {
  return tasks.map((task) => ({ ...task, childIds: [] })).toSorted(byId);
}

test('folding the events over the last snapshot gives the server’s state, whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 60 }),
      fc.nat({ max: 4 }),
      async (steps, size) => {
        const sandbox = createSandbox({ seed: size === 0 ? 220 : 'empty', ticktick: { rateLimits: [] } });
        const testUser = sandbox.ticktick.testUser();
        for (const name of ['A', 'B', 'C']) testUser.createProject({ name });
        const store = memoryStore();
        const follower = new Follower();
        const poll = async (): Promise<void> => {
          // Every vanished task may take two requests of the twenty that one poll spends on them.
          for (let rounds = 0; rounds < 5; rounds += 1) {
            const batch = await clientOf(sandbox).changes.poll({ store, key: KEY, initial: 'emit' });
            follower.fold(batch.events, testUser);
            await batch.acknowledge();
          }
          const open = testUser.tasks().filter(({ status }) => status === 0);
          expect(comparable([...follower.open.values()])).toEqual(comparable(open));
        };
        await poll();
        for (const each of steps) {
          sandbox.clock.advance(1_000);
          if (each.kind === 'poll') await poll();
          else if (each.kind === 'crash') await crash(sandbox, store);
          else change(testUser, each);
        }
        await poll();
      },
    ),
    { numRuns: 30 },
  );
}, 60_000);

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}
