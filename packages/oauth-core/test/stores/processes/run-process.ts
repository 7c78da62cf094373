import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';

export interface RunningProcess {
  readonly child: ChildProcess;
  /** The first thing that the process printed. */
  readonly started: Promise<unknown>;
  /** All that it printed, once it has ended well. */
  readonly output: Promise<string>;
}

/** Runs a script of this folder in a process of its own. */
export function runProcess(script: string, ...args: string[]): RunningProcess {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@context-sdk/source', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: CHILD_ENVIRONMENT,
  });
  const parts: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  const ended = once(child, 'close');
  const output = ended.then(([code]) => {
    if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
    return parts.join('');
  });
  output.catch(() => undefined);
  return { child, started: Promise.race([once(child.stdout, 'data'), ended]), output };
}
