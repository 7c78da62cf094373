import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SimulationTask } from './simulation-worker.ts';
import type { TestsTask } from './tests-worker.ts';

/** Until a run has shown how long the work takes. */
const FIRST_GUESS_MS = 20_000;

/** How long a run may take: so many times as long as the longest of late that noticed nothing. */
export interface Limits {
  patience: number;
  minTimeoutMs: number;
}

/** A process that judges mutants, one at a time; replaced when one takes too long. */
export class Worker {
  readonly #script: string;
  readonly #limits: Limits;
  #child: ChildProcess | undefined;
  #usualMs = FIRST_GUESS_MS;

  /** `script`: the name of a file beside this one. */
  constructor(script: string, limits: Limits) {
    this.#script = join(import.meta.dirname, script);
    this.#limits = limits;
  }

  /** What fails with the change of the task; undefined if that took too long. */
  async failing(task: TestsTask | SimulationTask): Promise<string[] | undefined> {
    const child = (this.#child ??= await start(this.#script));
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
      return undefined;
    }
  }

  stop(): void {
    const pid = this.#child?.pid;
    this.#child = undefined;
    // The group: vitest's own workers as well.
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  }
}

async function start(script: string): Promise<ChildProcess> {
  const execArgv = ['--conditions=@context-sdk/source'];
  const child = fork(script, { stdio: 'ignore', detached: true, execArgv });
  await once(child, 'message');
  return child;
}
