import type { ContextSdkError } from '@context-sdk/oauth-core';
import { type Chunk, settleLostResponse, unlessFailed } from '@context-sdk/oauth-core/client-kit';
import { readWireDate } from '../../dates/task-dates.ts';
import type { Dialect, TickTickCall } from '../../operations.ts';
import { listCompleted } from '../lists/list-completed.ts';
import { queryGateway } from '../lists/list-open.ts';
import { openTasksOf } from '../project-tasks.ts';
import type { WireTask } from '../task-input.ts';
import type { Task } from '../task.ts';
import { matchAssigned } from './match-assigned.ts';
import {
  type BatchReceipt,
  done,
  notMentioned,
  outcomeIn,
  readReceipt,
  type TaskOutcome,
} from './task-outcome.ts';

export type NewTask = WireTask & { id: string };
export type NewTasks = Chunk<NewTask>;

function projectsOf(chunk: NewTasks): string[] {
  const ids = chunk.map(({ item }) => item['projectId']);
  return [...new Set(ids.map((id) => (typeof id === 'string' ? id : 'inbox')))];
}

/** A proposed id is random: if it exists, an earlier request created this very task. */
function outcomeOf(receipt: BatchReceipt, id: string): TaskOutcome | undefined {
  return receipt.id2error[id] === 'EXISTED' ? done({ id }) : outcomeIn(receipt, id);
}

/** The values of a chunk's tasks by the id that was proposed for each. */
function byProposedId<T>(chunk: NewTasks, values: readonly (T | undefined)[]): Map<string, T> {
  return new Map(
    chunk.flatMap(({ item }, position) => {
      const value = values[position];
      return value === undefined ? [] : [[item.id, value]];
    }),
  );
}

/**
 * Sends new tasks that propose their own ids, and finds out the outcome of each. Whether the service keeps proposed ids is
 * learned from its responses: if it does, it is safe to send a task again.
 */
export class NewTaskSender {
  readonly #dialect: Dialect;
  #keepsIds = false;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  send(chunk: NewTasks, call: TickTickCall): Promise<TaskOutcome[]> {
    return settleLostResponse(chunk, call, this.#send(chunk, call), (error) =>
      this.#settle(chunk, error, call),
    );
  }

  async #send(chunk: NewTasks, call: TickTickCall, isRepeated = false): Promise<TaskOutcome[]> {
    const json = { add: chunk.map(({ item }) => item) };
    const safety = this.#keepsIds ? 'idempotent' : 'unsafe';
    const receipt = readReceipt(await call.send('tasks.createMany', { json }, { safety }));
    const proposed = new Set(chunk.map(({ item }) => item.id));
    this.#keepsIds ||= Object.keys(receipt.id2etag).some((id) => proposed.has(id));
    const assigned = Object.keys(receipt.id2etag).filter((id) => !proposed.has(id));
    const notNamed = chunk.filter(({ item }) => outcomeIn(receipt, item.id) === undefined);
    const refused = Object.keys(receipt.id2error).filter((id) => !proposed.has(id));
    const isAllRefused = notNamed.length === refused.length;
    if (notNamed.length > 0 && assigned.length === 0 && !isAllRefused && !isRepeated) {
      return await this.#settleSome(chunk, notNamed, receipt, call);
    }
    const matched = await this.#matched(notNamed, new Set(assigned), call);
    const left = notNamed.filter(({ item }) => !matched.has(item.id));
    // Refused, too, under ids that the service assigned, if there are as many of these as tasks without an outcome.
    const refusals = left.length === refused.length ? refused.map((id) => outcomeIn(receipt, id)) : [];
    const leftOutcomes = byProposedId(left, refusals);
    return chunk.map(({ item: { id } }) => {
      const task = matched.get(id);
      return outcomeOf(receipt, id) ?? (task ? done(task) : (leftOutcomes.get(id) ?? notMentioned()));
    });
  }

  /** The receipt doesn't mention all of them. */
  async #settleSome(
    chunk: NewTasks,
    notNamed: NewTasks,
    receipt: BatchReceipt,
    call: TickTickCall,
  ): Promise<TaskOutcome[]> {
    const settled = await this.#settle(notNamed, notMentioned().error, call);
    const byId = byProposedId(notNamed, settled);
    return chunk.map(({ item: { id } }) => outcomeOf(receipt, id) ?? byId.get(id) ?? notMentioned());
  }

  /** Tasks that are there under the ids that the service assigned, or under their own, which the receipt should have named. */
  async #matched(chunk: NewTasks, assigned: Set<string>, call: TickTickCall): Promise<Map<string, Task>> {
    if (chunk.length === 0 || assigned.size === 0) return new Map();
    const stored = await this.#readBack(chunk, call);
    const own = new Map(stored.map((task) => [task.id, task]));
    const others = chunk.filter(({ item }) => !own.has(item.id));
    const matches = matchAssigned(
      others.map(({ item }) => item),
      stored.filter(({ id }) => assigned.has(id)),
    );
    return new Map([...own, ...byProposedId(others, matches)]);
  }

  /**
   * The response was lost. Tasks that exist under their proposed ids were created; the others are sent again if that is
   * safe.
   */
  async #settle(chunk: NewTasks, error: ContextSdkError, call: TickTickCall): Promise<TaskOutcome[]> {
    const open = new Map((await this.#readBack(chunk, call)).map((task) => [task.id, task]));
    this.#keepsIds ||= chunk.some(({ item }) => open.has(item.id));
    const missing = chunk.filter(({ item }) => !open.has(item.id));
    const sendsAgain = this.#keepsIds && missing.length > 0;
    const again = sendsAgain && (await unlessFailed(this.#send(missing, call, true), call));
    const resent = byProposedId(missing, again || []);
    return chunk.map(({ item: { id } }) => {
      const task = open.get(id);
      return task ? done(task) : (resent.get(id) ?? { status: 'unknown', error });
    });
  }

  /** The chunk's tasks, among those of its projects; none if they can't be read, which settles nothing. */
  async #readBack(chunk: NewTasks, call: TickTickCall): Promise<Task[]> {
    const open = this.#dialect.hasProjects ? storedTasks(chunk, call) : queryGateway(call);
    return (await unlessFailed(open, call)) ?? [];
  }
}

/** The open tasks of the chunk's projects, and the completed ones if the chunk imports some. */
async function storedTasks(chunk: NewTasks, call: TickTickCall): Promise<Task[]> {
  const tasks: Task[] = [];
  for (const projectId of projectsOf(chunk)) tasks.push(...((await openTasksOf(projectId, call)) ?? []));
  const times = chunk.flatMap(({ item }) => {
    const at = item['completedTime'];
    return (typeof at === 'string' ? readWireDate(at) : undefined) ?? [];
  });
  if (times.length === 0) return tasks;
  const span = { from: Math.min(...times), to: Math.max(...times) };
  for await (const task of listCompleted(span, projectsOf(chunk), call)) tasks.push(task);
  return tasks;
}
