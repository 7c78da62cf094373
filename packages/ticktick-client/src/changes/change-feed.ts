import type { ContextSdkError } from '@context-sdk/oauth-core/errors';
import { errors } from '../errors.ts';
import type { Dialect, TickTickService } from '../operations.ts';
import type { Task } from '../tasks/task.ts';
import type { FeedEvent, TaskChangeEvent } from './change-event.ts';
import type { FreshTasksOptions } from './fresh-tasks.ts';
import type * as polling from './poll.ts';
import type { ChangeBatch, PollOptions } from './poll.ts';

/** A {@link PollOptions} that is repeated. */
export interface WatchOptions extends PollOptions {
  /** The least milliseconds between two polls. Default: 60,000. */
  intervalMs?: number | undefined;
  /** Called with failures after which the watch continues: outages, and responses that make no sense. What it throws is ignored. */
  onError?: ((error: ContextSdkError) => void) | undefined;
}

/** Loaded with the first poll: a tenth of the client, which only hosts that follow changes need. */
function loadPoll(): Promise<typeof polling> {
  return import('./poll.ts');
}

/**
 * The changes in an account, found by comparing it with its last known state: TickTick's Open API has no webhooks. A poll
 * takes one request while nothing has vanished and fewer than 200 tasks are open, otherwise projects + 3. A vanished task is
 * read once more before it is reported as completed, moved or deleted.
 */
export class ChangeFeed {
  readonly #service: TickTickService;
  readonly #dialect: Dialect;

  constructor(service: TickTickService, dialect: Dialect) {
    this.#service = service;
    this.#dialect = dialect;
  }

  /**
   * What changed since the last acknowledged poll of this key. One consumer at a time: waits while another consumer's batch
   * is not acknowledged, at most `leaseTtlMs`. Scope `tasks:read`.
   */
  poll(options: PollOptions & { projects: true }): Promise<ChangeBatch<FeedEvent>>;
  poll(options: PollOptions & { projects?: false | undefined }): Promise<ChangeBatch>;
  async poll(options: PollOptions): Promise<ChangeBatch<FeedEvent>> {
    this.#check(options);
    const { nothingNew, poll } = await loadPoll();
    return (await poll(this.#service, this.#dialect, options)) ?? nothingNew(0);
  }

  /**
   * The open tasks as this feed knows them: from its copy if a poll or a call has seen them within `freshness.ms`, without a request;
   * otherwise as `tasks.listOpen` does, which makes the copy. Polls bring it up to date. The caller's own changes are in it with the
   * next poll. `onSkipped` hears what the copy lacks. Scope `tasks:read`.
   */
  async listOpen(options: FreshTasksOptions): Promise<Task[]> {
    const { freshTasks } = await loadPoll();
    return await freshTasks(this.#service, this.#dialect, options);
  }

  /**
   * Polls forever and yields event after event. A batch is acknowledged when the event after its last one is requested.
   * Several processes can watch one key: each change reaches one of them. Only failures of
   * authorization, configuration and a broken store end the watch, and so does `signal`, with its reason. After any other
   * failure, which `onError` gets, the interval doubles, up to 16 times its length.
   */
  watch(options: WatchOptions & { projects: true }): AsyncGenerator<FeedEvent, never>;
  watch(options: WatchOptions & { projects?: false | undefined }): AsyncGenerator<TaskChangeEvent, never>;
  async *watch(options: WatchOptions): AsyncGenerator<FeedEvent, never> {
    this.#check(options);
    const { watch } = await import('./watch.ts');
    return yield* watch(this.#service, this.#dialect, options);
  }

  #check(options: PollOptions): void {
    const { key, store } = options ?? {};
    if (typeof key !== 'string' || key === '') throw errors.misconfigured('key is empty.');
    if (typeof store?.compareAndSet !== 'function') throw errors.misconfigured('store is not a RecordStore.');
  }
}
