import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';
import { machineTime } from './machine-time.ts';
import type { CallFailure, Command, Hindrance, WorkerMessage, WorkOrder } from './work-order.ts';

const SCRIPT = fileURLToPath(new URL('work.ts', import.meta.url));

/** A process of workers, as its parent sees it. */
export class WorkerProcess {
  readonly order: WorkOrder;
  /** Resolves when it has loaded what its workers need. */
  readonly ready: Promise<void>;
  /** When it was killed, on the machine's clock. */
  killedAt: number | undefined;
  /** When it was stopped and went on. */
  readonly pauses: { from: number; to: number }[] = [];
  readonly hindrances: Hindrance[] = [];
  isPaused = false;
  /** How many calls went well, as far as it could tell. */
  calls = 0;
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  /** What it wrote to its standard error. */
  #complaint = '';

  constructor(order: WorkOrder, onFailure: (failure: CallFailure) => void) {
    this.order = order;
    // It runs on the sources, and its parent's flags are none of its business.
    this.#child = fork(SCRIPT, [JSON.stringify(order)], {
      execArgv: ['--conditions=@context-sdk/source'],
      env: CHILD_ENVIRONMENT,
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#complaint += text));
    this.#exit = once(this.#child, 'exit');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#child.on('message', (message: WorkerMessage) => {
      if ('failure' in message) onFailure(message.failure);
      else if ('calls' in message) this.calls = message.calls;
      else if ('hindrance' in message) this.hindrances.push(message.hindrance);
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

  /** Lets its workers begin. */
  begin(): void {
    this.#tell('begin');
  }

  /** Stops it in the middle of whatever it does, and lets it go on when the promise resolves. */
  async pauseUntil(end: Promise<unknown>): Promise<void> {
    const from = machineTime();
    this.isPaused = true;
    this.#child.kill('SIGSTOP');
    try {
      await end;
    } finally {
      this.#child.kill('SIGCONT');
      this.isPaused = false;
      this.pauses.push({ from, to: machineTime() });
    }
  }

  async kill(): Promise<void> {
    this.killedAt ??= machineTime();
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  /**
   * Lets its workers finish what they are at. A process that does not end within `withinMs`, as it waits for the lease of a
   * dead one, is killed.
   */
  async stop(withinMs?: number): Promise<void> {
    this.#tell('stop');
    const timer = withinMs === undefined ? undefined : setTimeout(() => void this.kill(), withinMs);
    await this.#exit;
    clearTimeout(timer);
    if (this.#child.exitCode !== 0 && this.killedAt === undefined)
      throw new Error(`A worker process ended with ${String(this.#child.exitCode)}: ${this.#complaint}`);
  }

  #tell(command: Command): void {
    if (this.isAlive && this.#child.connected) this.#child.send(command);
  }
}
