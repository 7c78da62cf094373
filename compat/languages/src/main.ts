// Programs of other languages against the sandbox on loopback. A language that isn't installed is left out, and said so.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { serveSandbox } from '@context-sdk/sandbox/server';

interface Language {
  name: string;
  version: readonly [command: string, ...args: string[]];
  run: readonly [command: string, ...args: string[]];
}

const file = (name: string): string => join(import.meta.dirname, name);

const LANGUAGES: readonly Language[] = [
  { name: 'Python (urllib)', version: ['python3', '--version'], run: ['python3', file('client.py')] },
  { name: 'Go (net/http)', version: ['go', 'version'], run: ['go', 'run', file('client.go')] },
];

/** The lines that a program prints, one for each call: `ok name` or `FAILED name: problem`. */
async function run(
  [command, ...args]: Language['run'],
  url: string,
): Promise<{ lines: string[]; code: number }> {
  const child = spawn(command, [...args, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)));
  return { lines: output.split('\n').filter((line) => line !== ''), code };
}

let isFailed = false;
for (const { name, version, run: command } of LANGUAGES) {
  const [program, ...args] = version;
  const found = spawnSync(program, args, { encoding: 'utf8' });
  if (found.status !== 0) {
    process.stdout.write(`${name}: skipped, it is not installed here\n`);
    continue;
  }
  const server = await serveSandbox({
    seed: 'empty',
    google: { consent: 'automatic' },
    ticktick: { consent: 'automatic' },
  });
  const { lines, code } = await run(command, server.url);
  await server.close();
  const passed = lines.filter((line) => line.startsWith('ok ')).length;
  process.stdout.write(`${name} (${found.stdout.trim()}): ${passed} of ${lines.length}\n`);
  for (const line of lines.filter((one) => !one.startsWith('ok '))) process.stdout.write(`  ${line}\n`);
  isFailed ||= code !== 0 || lines.length === 0 || passed < lines.length;
}
process.exit(isFailed ? 1 : 0);
