import type { Task, TaskChanges, TaskInput, TickTickClient } from '@context-sdk/context/ticktick';

export class TickTickService {
  readonly #client: TickTickClient;

  /** `context.user(userId).ticktick`, or a `TickTickClient` of your own. */
  constructor(client: TickTickClient) {
    this.#client = client;
  }

  getAllTasks(): Promise<Task[]> {
    return this.#client.tasks.listAll({ completed: true }).toArray();
  }

  getTaskById(taskId: string): Promise<Task> {
    return this.#client.tasks.get(taskId);
  }

  createTask(taskData: TaskInput): Promise<Task> {
    return this.#client.tasks.create(taskData);
  }

  updateTask(taskId: string, updates: TaskChanges): Promise<Task> {
    return this.#client.tasks.update(taskId, updates);
  }
}
