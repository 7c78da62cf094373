import { spawn } from 'node:child_process';

/** What a program said. `code` is `undefined` if it could not be started. */
export interface ProgramResult {
  code: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs a program with a text on its stdin: secrets never stand among its arguments, which other users of the machine see. */
export type RunProgram = (command: string, args: readonly string[], stdin?: string) => Promise<ProgramResult>;

/** A key store that waits for a person to unlock it takes no longer than this. */
const TIMEOUT_MS = 60_000;

export const runProgram: RunProgram = (command, args, stdin = '') =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'pipe', timeout: TIMEOUT_MS, windowsHide: true });
    const result: ProgramResult = { code: undefined, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (result.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (result.stderr += text));
    child.once('error', () => resolve(result));
    child.once('close', (code) => resolve({ ...result, code: code ?? undefined }));
    child.stdin.on('error', () => undefined).end(stdin);
  });
