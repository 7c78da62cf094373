import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Task } from './worker.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');

/** Until a run has shown how long the tests take. */
const FIRST_GUESS_MS = 20_000;

/** How long a run may take: so many times as long as the last one in which all tests passed. */
export interface Limits {
  patience: number;
  minTimeoutMs: number;
}

/** One worker process, replaced when a task takes too long. */
export class Worker {
  readonly #limits: Limits;
  #child: ChildProcess | undefined;
  #usualMs = FIRST_GUESS_MS;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Runs the tests on the change. Returns those that failed; all of them if that took too long. */
  async failing(task: Task): Promise<string[]> {
    const child = (this.#child ??= await start());
    const { patience, minTimeoutMs } = this.#limits;
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(Math.ceil(Math.max(minTimeoutMs, patience * this.#usualMs)));
    child.send(task);
    try {
      const [answer] = (await once(child, 'message', { signal })) as [{ failing: string[] }];
      const tookMs = performance.now() - startedAt;
      if (answer.failing.length === 0) this.#usualMs = Math.max(tookMs, this.#usualMs / 2);
      return answer.failing;
    } catch {
      this.stop();
      return task.tests;
    }
  }

  stop(): void {
    const pid = this.#child?.pid;
    this.#child = undefined;
    // The group: vitest's own workers as well.
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  }
}

async function start(): Promise<ChildProcess> {
  const child = fork(WORKER, { stdio: 'ignore', detached: true });
  await once(child, 'message');
  return child;
}
