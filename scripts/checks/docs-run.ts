import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { type CodeBlock, codeBlocks } from '../lib/code-blocks.ts';
import { ROOT } from '../lib/workspace.ts';

/** A block whose first line is the name of its file is a program. */
const PROGRAM = /^\/\/ ([\w-]+\.ts)\n/;

/** What a server says when it is there. */
const OPEN = /^Open (http:\/\/localhost:\d+)/m;

/** The programs of the README run as they are printed: to their end, or, if they serve, until they answer. */
export async function checkDocsRun(): Promise<Findings> {
  const programs = codeBlocks().filter(({ page, code }) => page === 'README.md' && PROGRAM.test(code));
  const problems: string[] = [];
  const notes: string[] = [];
  for (const program of programs) {
    const outcome = await runProgram(program);
    const [, name = ''] = PROGRAM.exec(program.code) ?? [];
    if (outcome.problem === undefined) notes.push(`${name}: ${outcome.said}`);
    else problems.push(`${program.page}:${program.line} ${name}: ${outcome.problem}`);
  }
  if (programs.length === 0) problems.push('README.md has no program.');
  return { problems, notes };
}

interface Outcome {
  said: string;
  problem?: string;
}

async function runProgram({ code }: CodeBlock): Promise<Outcome> {
  // Inside the repository, so that imports lead to the sources; a store's file is deleted with the folder.
  const folder = mkdtempSync(join(ROOT, '.program-'));
  try {
    writeFileSync(join(folder, 'program.ts'), code);
    return await start(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function start(folder: string): Promise<Outcome> {
  const flags = ['--conditions=@context-sdk/source', '--no-warnings'];
  const child = spawn('node', [...flags, 'program.ts'], { cwd: folder, timeout: 120_000 });
  let output = '';
  return new Promise((resolve) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const [, url] = OPEN.exec(output) ?? [];
      if (url === undefined || child.killed) return;
      resolve(firstAnswer(url).finally(() => child.kill()));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (code) => {
      const said = `${output.trim().split('\n').length} lines`;
      resolve(code === 0 ? { said } : { said, problem: `exit code ${code}\n${output}` });
    });
  });
}

/** Nobody is signed in: the server sends the browser to a sign-in, and this to the provider. */
async function firstAnswer(url: string): Promise<Outcome> {
  const locations: string[] = [];
  let next: URL | undefined = new URL(url);
  while (next?.origin === url && locations.length < 5) {
    const response = await fetch(next, { redirect: 'manual' });
    const location = response.headers.get('location');
    if (location === null) return { said: '', problem: `${next.pathname} answers ${response.status}` };
    next = new URL(location, next);
    locations.push(next.origin === url ? next.pathname : next.origin);
  }
  return { said: `redirects to ${locations.join(', then ')}` };
}
