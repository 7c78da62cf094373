import { memoryRateLimiter, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import type { TickTickTestUser } from '@context-sdk/sandbox/ticktick';
import { type Task, type TaskChangeEvent, TickTickClient } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect } from 'vitest';

const KEY = 'user-1/ticktick/changes';
const HOUR_MS = 3_600_000;
/** What the account crosses the cap of 200 by. */
const MANY = 110;
const MAX_ROUNDS = 40;
const LOOKUPS = 20;

/** What happens more often is named more often. */
const KINDS =
  'create create create edit edit rename move reopen delete complete complete complete-late complete-and-rename ' +
  'delete-project leave rejoin archive unarchive empty-trash fill drain poll poll poll crash';

interface Step {
  kind: string;
  pick: number;
  recurring: boolean;
}

/** An account, and what happens to it while a feed polls now and then. */
export interface History {
  steps: Step[];
  /** Whether it begins with more open tasks than one list holds. */
  isLarge: boolean;
  absentFields: 'omitted' | 'mixed';
}

export const HISTORY: fc.Arbitrary<History> = fc.record({
  steps: fc.array(
    fc.record({ kind: fc.constantFrom(...KINDS.split(' ')), pick: fc.nat(), recurring: fc.boolean() }),
    {
      minLength: 5,
      maxLength: 40,
    },
  ),
  isLarge: fc.nat(4).map((size) => size === 0),
  absentFields: fc.constantFrom('omitted', 'mixed'),
});

/** In which ways a project can be lost. Where TickTick says that it is gone, so is everything in it. */
const LOSSES = ['not-found', 'error', 'empty', 'forbidden'] as const;

/** The account as somebody would know it who only hears the events, and what it really is. */
class Model {
  readonly sandbox: Sandbox;
  readonly user: TickTickTestUser;
  readonly open = new Map<string, Task>();
  readonly acknowledged = new Set<string>();
  readonly completed = new Set<string>();
  readonly unreachable = new Set<string>();
  /** Copies of recurring tasks that the next polls have to report, by the task that they are of. */
  readonly awaited = new Map<string, string[]>();

  constructor({ isLarge, absentFields }: History) {
    this.sandbox = createSandbox({
      seed: isLarge ? 220 : 'empty',
      ticktick: { rateLimits: [], absentFields },
    });
    this.user = this.sandbox.ticktick.testUser();
    for (const name of ['A', 'B', 'C']) this.user.createProject({ name });
  }

  isReachable({ projectId }: { projectId: string }): boolean {
    return !this.unreachable.has(projectId);
  }

  /**
   * What the lists show, without fields that hold nothing, and the ids of children, which don't change a task's etag (assumed).
   */
  reachable(tasks: Iterable<Task>): object[] {
    return [...tasks]
      .filter((task) => this.isReachable(task))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map((task) =>
        Object.fromEntries(
          Object.entries({ ...task, projectId: task.projectId.replace(/^inbox.*/, 'inbox') }).filter(
            ([name, value]) => {
              const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
              return !isEmpty && name !== 'childIds';
            },
          ),
        ),
      );
  }

  openTasks(): Task[] {
    return this.user.tasks().filter(({ status }) => status === 0);
  }

  fold(events: readonly TaskChangeEvent[]): void {
    for (const event of events) {
      const { id } = event.data;
      expect(this.acknowledged.has(event.id), `repeated ${event.id}`).toBe(false);
      // Deleted, come back with its project, and deleted again: a deletion has no etag that tells one from the other.
      if (event.type !== 'task.deleted') this.acknowledged.add(event.id);
      if (event.type === 'task.deleted') {
        const isThere = this.openTasks().some((task) => task.id === id && this.isReachable(task));
        expect(isThere, `${id} was not deleted`).toBe(false);
        this.open.delete(id);
      } else if (event.type !== 'task.completed') this.open.set(id, event.data);
      else {
        expect(this.user.task(id)?.status, `${id} was not completed`).toBe(2);
        this.completed.add(id);
        if (event.recurringTaskId === undefined) this.open.delete(id);
      }
    }
  }

  complete(task: Task, at?: Date): void {
    const before = new Set(this.user.tasks().map(({ id }) => id));
    this.user.completeTask(task.id, at);
    const copies = this.user.tasks().filter(({ id }) => !before.has(id));
    if (!this.open.has(task.id) || !this.isReachable(task)) return;
    this.awaited.set(task.id, [...(this.awaited.get(task.id) ?? []), ...copies.map(({ id }) => id)]);
  }

  /** A task that is gone by the next poll can't be compared with what it was; a copy goes with the project that it is in. */
  settleAwaited(): void {
    const there = new Map(this.user.tasks().map((task) => [task.id, task]));
    for (const [id, copies] of this.awaited) {
      const task = there.get(id);
      if (task?.status !== 0 || !this.isReachable(task)) continue;
      for (const copy of copies) {
        const copied = there.get(copy);
        if (copied && this.isReachable(copied)) expect(this.completed, `copy of ${id}`).toContain(copy);
      }
    }
    this.awaited.clear();
  }
}

function act(model: Model, { kind, pick, recurring }: Step): void {
  const { user, sandbox, unreachable } = model;
  const projects = user.projects();
  const project = projects[pick % Math.max(1, projects.length)];
  const open = model.openTasks().filter((task) => model.isReachable(task));
  const task = open[pick % Math.max(1, open.length)];
  const done = user.tasks().filter(({ status, repeatFlag }) => status === 2 && !repeatFlag);
  const closed = done.filter((each) => model.isReachable(each))[pick % Math.max(1, done.length)];
  const inProject = project && pick % 3 && !unreachable.has(project.id) ? { projectId: project.id } : {};
  const repeat = { dueDate: '2026-11-22T08:00:00+0000', repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1' };
  const lastProject = projects.length < 2;
  const withTask: Record<string, (one: Task) => unknown> = {
    edit: ({ id }) => user.updateTask(id, { content: `edited ${pick}`, priority: recurring ? 5 : 0 }),
    rename: ({ id }) => user.updateTask(id, { title: `renamed ${pick}` }),
    move: ({ id }) => user.moveTask(id, project && !unreachable.has(project.id) ? project.id : user.inboxId),
    complete: (one) => model.complete(one),
    'complete-late': (one) => model.complete(one, new Date(sandbox.clock.now() - (pick % 9) * HOUR_MS)),
    'complete-and-rename': (one) => {
      model.complete(one);
      if (user.task(one.id)?.status === 0) user.updateTask(one.id, { title: `later ${pick}` });
    },
    delete: ({ id }) => user.deleteTask(id),
  };
  const others: Record<string, () => unknown> = {
    create: () => user.createTask({ title: `task ${pick}`, ...inProject, ...(recurring && repeat) }),
    reopen: () => closed && user.updateTask(closed.id, { status: 0 }),
    'empty-trash': () => user.emptyTrash(),
    'delete-project': () => project && !lastProject && user.deleteProject(project.id),
    archive: () => project && unreachable.add(project.id) && user.archiveProject(project.id),
    unarchive: () => project && reach(model, project.id),
    rejoin: () => project && reach(model, project.id),
    leave: () => {
      if (project === undefined || lastProject) return;
      unreachable.add(project.id);
      user.leaveProject(project.id, LOSSES[pick % LOSSES.length]);
    },
    fill: () =>
      Array.from({ length: MANY }, (_, index) => user.createTask({ title: `many ${index}`, ...inProject })),
    drain: () =>
      open
        .slice(0, MANY)
        .forEach(({ id }, index) => (index % 2 ? user.deleteTask(id) : user.completeTask(id))),
  };
  if (task) withTask[kind]?.(task);
  others[kind]?.();
}

function reach({ user, unreachable }: Model, projectId: string): void {
  unreachable.delete(projectId);
  user.archiveProject(projectId, false);
  user.leaveProject(projectId, undefined);
}

function clientOf(sandbox: Sandbox): TickTickClient {
  return new TickTickClient({
    auth: sandbox.ticktick.issueApiToken(),
    fetch: sandbox.fetch,
    limits: [],
    rateLimiter: memoryRateLimiter(),
  });
}

/** Polls until nothing is left to report: one poll spends at most twenty requests on vanished tasks. */
async function poll(model: Model, store: RecordStore): Promise<void> {
  for (let rounds = 0, isSettled = false; !isSettled && rounds < MAX_ROUNDS; rounds += 1) {
    const batch = await clientOf(model.sandbox).changes.poll({ store, key: KEY, initial: 'emit' });
    model.fold(batch.events);
    await batch.acknowledge();
    isSettled = batch.events.length === 0 && batch.requests < LOOKUPS;
  }
  expect(model.reachable(model.open.values())).toEqual(model.reachable(model.openTasks()));
  model.settleAwaited();
}

/** Folding the events over the last snapshot gives the server's state, as far as the user can reach it. */
export async function follow(history: History): Promise<void> {
  const model = new Model(history);
  const store = memoryStore();
  await poll(model, store);
  for (const step of history.steps) {
    model.sandbox.clock.advance(1_000);
    if (step.kind === 'poll') await poll(model, store);
    else if (step.kind === 'crash') {
      // A process that dies before it acknowledges, or even before it has polled: its lease is never given back.
      const polled = clientOf(model.sandbox).changes.poll({ store, key: KEY, leaseTtlMs: 10 });
      await polled.catch(() => undefined);
    } else act(model, step);
  }
  await poll(model, store);
}
