import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { ROOT } from './workspace.ts';

export interface Outcome {
  /** Exit code; `null` if it was killed, as after `timeoutMs`. */
  code: number | null;
  stdout: string;
  /** What it printed on both, in the order of arrival. */
  output: string;
}

/** Runs a command of this repository or of the system to its end, on the Node that runs this script. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; timeoutMs?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  const path = [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    timeout: options.timeoutMs ?? 120_000,
    env: { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: undefined, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, output }));
  });
}
