import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';
import type { CallFailure, WorkerMessage, WorkOrder } from './work-order.ts';

const SCRIPT = fileURLToPath(new URL('work.ts', import.meta.url));

/** A process of workers, as its parent sees it. */
export class WorkerProcess {
  readonly order: WorkOrder;
  /** Resolves when its workers begin. */
  readonly ready: Promise<void>;
  /** When it was killed, on the monotonic clock. */
  killedAt: number | undefined;
  /** When it was stopped and went on. */
  readonly pauses: { from: number; to: number }[] = [];
  isPaused = false;
  /** How many calls went well, as far as it could tell. */
  calls = 0;
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;

  constructor(order: WorkOrder, onFailure: (failure: CallFailure) => void) {
    this.order = order;
    // It runs on the sources, and its parent's flags are none of its business.
    this.#child = fork(SCRIPT, [JSON.stringify(order)], {
      execArgv: ['--conditions=@context-sdk/source'],
      env: CHILD_ENVIRONMENT,
    });
    this.#exit = once(this.#child, 'exit');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#child.on('message', (message: WorkerMessage) => {
      if ('failure' in message) onFailure(message.failure);
      else if ('calls' in message) this.calls = message.calls;
      else resolve();
    });
    this.#exit.then(
      () => resolve(),
      () => undefined,
    );
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Stops it in the middle of whatever it does, and lets it go on when the promise resolves. */
  async pauseUntil(end: Promise<unknown>): Promise<void> {
    const from = performance.now();
    this.isPaused = true;
    this.#child.kill('SIGSTOP');
    await end;
    this.#child.kill('SIGCONT');
    this.isPaused = false;
    this.pauses.push({ from, to: performance.now() });
  }

  async kill(): Promise<void> {
    this.killedAt ??= performance.now();
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  /**
   * Lets its workers finish what they are at. A process that does not end within `withinMs`, as it waits for the lease of a
   * dead one, is killed.
   */
  async stop(withinMs?: number): Promise<void> {
    if (this.isAlive) this.#child.send('stop');
    const timer = withinMs === undefined ? undefined : setTimeout(() => void this.kill(), withinMs);
    await this.#exit;
    clearTimeout(timer);
    if (this.#child.exitCode !== 0 && this.killedAt === undefined)
      throw new Error(`A worker process ended with ${String(this.#child.exitCode)}.`);
  }
}
