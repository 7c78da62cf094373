import type { ContextEvent } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import type { Dice } from './dice.ts';

/** A user who works on tasks, and what the host has heard of it. */
export class UserOfTasks {
  /** What the host has handled, in order. */
  readonly heard: ContextEvent[] = [];
  readonly #account: ReturnType<Sandbox['ticktick']['testUser']>;
  readonly #dice: Dice;
  /** What may tell each task's last change, by the task's id. A host that was told of a new task in vain hears of it anew. */
  readonly #expected = new Map<string, readonly string[]>();
  #count = 0;

  constructor(sandbox: Sandbox, dice: Dice) {
    this.#account = sandbox.ticktick.testUser();
    this.#dice = dice;
  }

  hears(event: ContextEvent): void {
    this.heard.push(event);
    const { id } = event.data as { id: string };
    if (this.#expected.get(id)?.includes(told(event))) this.#expected.delete(id);
  }

  /** Creates up to three tasks and changes one of which the host has heard, so that no change hides another. */
  works(): void {
    const dice = this.#dice;
    for (let count = dice.int(0, 3); count > 0; count -= 1) this.createsTask();
    const settledTasks = this.#account
      .tasks()
      .filter(({ id, status }) => status === 0 && this.#isSettled(id));
    const task = settledTasks[dice.int(0, settledTasks.length)];
    if (task === undefined) return;
    const { id } = task;
    const change = dice.pick(['edit', 'complete', 'delete']);
    if (change === 'edit') {
      const title = this.#newTitle();
      this.#account.updateTask(id, { title });
      this.#expected.set(id, [`task.updated ${title}`, `task.created ${title}`]);
    } else if (change === 'complete') {
      this.#account.completeTask(id);
      this.#expected.set(id, [`task.completed ${task.title}`]);
    } else {
      this.#account.deleteTask(id);
      this.#expected.set(id, ['task.deleted ']);
    }
  }

  createsTask(): void {
    const title = this.#newTitle();
    const { id } = this.#account.createTask({ title });
    this.#expected.set(id, [`task.created ${title}`]);
  }

  /** The changes that the host has not heard of. */
  untold(): string[] {
    return [...this.#expected].map(([id, [change]]) => `${id} ${change}`);
  }

  #isSettled(id: string): boolean {
    return !this.#expected.has(id);
  }

  #newTitle(): string {
    this.#count += 1;
    return `Task ${this.#count}`;
  }
}

function told({ type, data }: ContextEvent): string {
  const { title = '' } = data as { title?: string };
  return `${type} ${title}`;
}
