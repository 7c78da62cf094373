import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CallFailure, WorkerMessage, WorkOrder } from './work-order.ts';

const SCRIPT = fileURLToPath(new URL('work.ts', import.meta.url));

/** A process of workers, as its parent sees it. */
export class WorkerProcess {
  readonly order: WorkOrder;
  /** Resolves when its workers begin. */
  readonly ready: Promise<void>;
  /** The longest that it was paused, in milliseconds. */
  longestPauseMs = 0;
  wasKilled = false;
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #calls = 0;

  constructor(order: WorkOrder, onFailure: (failure: CallFailure) => void) {
    this.order = order;
    // It runs on the sources, and its parent's flags are none of its business.
    this.#child = fork(SCRIPT, [JSON.stringify(order)], { execArgv: ['--conditions=source'] });
    this.#exit = once(this.#child, 'exit');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#child.on('message', (message: WorkerMessage) => {
      if ('failure' in message) onFailure(message.failure);
      else if ('calls' in message) this.#calls = message.calls;
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

  /** Stops it in the middle of whatever it does, and lets it go on later. */
  async pause(ms: number): Promise<void> {
    this.longestPauseMs = Math.max(this.longestPauseMs, ms);
    this.#child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.#child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.wasKilled = true;
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  /** Lets its workers finish what they are at; gives how many calls went well. */
  async stop(): Promise<number> {
    if (this.isAlive) this.#child.send('stop');
    await this.#exit;
    if (this.#child.exitCode !== 0)
      throw new Error(`A worker process ended with ${String(this.#child.exitCode)}.`);
    return this.#calls;
  }
}
