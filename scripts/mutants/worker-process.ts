import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Task } from './worker.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');

/** One worker process, replaced when a task takes too long. */
export class Worker {
  readonly #timeoutMs: number;
  #child: ChildProcess | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Runs the tests on the change. Returns those that failed; all of them if that took too long. */
  async failing(task: Task): Promise<string[]> {
    const child = (this.#child ??= await start());
    child.send(task);
    const signal = AbortSignal.timeout(this.#timeoutMs);
    try {
      const [answer] = (await once(child, 'message', { signal })) as [{ failing: string[] }];
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
