import {
  type CallOptions,
  classifyByStatus,
  defineService,
  type HttpOperation,
  type HttpRequest,
  jsonWire,
  listing,
  type Listing,
  pages,
  parseJsonObject,
  type Service,
  serviceErrors,
  type ServiceOptions,
  textOf,
} from '@context-sdk/oauth-core/client-kit';

/** A fourth service, written like the three of Context SDK: https://developer.todoist.com/api/v1 */
const SERVICE = 'todoist';
const { invalid } = serviceErrors(SERVICE, 'Todoist');

const OPERATIONS = {
  'tasks.list': { safety: 'safe', method: 'GET', path: '/tasks', query: ['cursor', 'limit', 'project_id'] },
  'tasks.get': { safety: 'safe', method: 'GET', path: '/tasks/{id}' },
  'tasks.create': { safety: 'unsafe', method: 'POST', path: '/tasks' },
  'tasks.close': { safety: 'idempotent', method: 'POST', path: '/tasks/{id}/close' },
} as const satisfies Record<string, HttpOperation>;

export interface TodoistTask {
  id: string;
  content: string;
}

const readFailure = (body: string) => ({ said: textOf(parseJsonObject(body)?.['error']) });

export class TodoistClient {
  readonly #service: Service<keyof typeof OPERATIONS, HttpOperation, HttpRequest>;

  constructor(options: ServiceOptions) {
    this.#service = defineService(
      {
        name: SERVICE,
        baseUrl: 'https://api.todoist.com/api/v1',
        limits: [{ limit: 1000, intervalMs: 15 * 60_000 }],
        operations: OPERATIONS,
        wire: jsonWire,
        classify: classifyByStatus(SERVICE, readFailure),
      },
      options,
    );
  }

  /** Every open task, page by page. */
  list(options?: CallOptions): Listing<TodoistTask> {
    const service = this.#service;
    return listing(async function* () {
      const call = service.call(options);
      const read = (cursor: string | undefined) => call.send('tasks.list', { query: { cursor, limit: 200 } });
      for await (const page of pages(SERVICE, read, (last) => last.text('next_cursor'))) {
        yield* page.member('results').list<TodoistTask>({ id: 'string' });
      }
    });
  }

  async get(id: string, options?: CallOptions): Promise<TodoistTask> {
    const response = await this.#service.call(options).send('tasks.get', { params: { id } });
    return response.object<TodoistTask>({ id: 'string' });
  }

  async create(task: { content: string; due_date?: string }, options?: CallOptions): Promise<TodoistTask> {
    if (task.content.trim() === '') throw invalid('content', 'is empty');
    const response = await this.#service.call(options).send('tasks.create', { json: task });
    return response.object<TodoistTask>({ id: 'string' });
  }

  async close(id: string, options?: CallOptions): Promise<void> {
    await this.#service.call(options).send('tasks.close', { params: { id } });
  }
}
