import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Verdict } from './test-runner.ts';
import type { Task } from './worker.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');

/** One worker process, replaced when a task takes too long. */
export class Worker {
  readonly #timeoutMs: number;
  #child: ChildProcess | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Runs the tests on the change. */
  async run(task: Task): Promise<Verdict> {
    const child = (this.#child ??= await start());
    child.send(task);
    const signal = AbortSignal.timeout(this.#timeoutMs);
    try {
      const [answer] = (await once(child, 'message', { signal })) as [{ verdict: Verdict }];
      return answer.verdict;
    } catch {
      this.stop();
      return 'timed-out';
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
