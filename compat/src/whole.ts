// The parts of compat, one after the other, each installed if it isn't: npm --prefix compat run whole -- languages mail
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..');

/** What judges the sandbox and the clients, and takes no other versions of what a host has. */
const PARTS: readonly (readonly [folder: string, script: string])[] = [
  ['.', 'cases'],
  ['languages', 'start'],
  ['servers', 'start'],
  ['mail', 'start'],
  ['azure-devops', 'start'],
  ['clients', 'start'],
];

function npm(folder: string, ...args: string[]): boolean {
  const { status } = spawnSync('npm', ['--prefix', join(FOLDER, folder), ...args], { stdio: 'inherit' });
  return status === 0;
}

function run(folder: string, script: string): boolean {
  const needsInstall =
    folder !== '.' &&
    existsSync(join(FOLDER, folder, 'package-lock.json')) &&
    !existsSync(join(FOLDER, folder, 'node_modules'));
  return (!needsInstall || npm(folder, 'ci', '--no-audit', '--no-fund')) && npm(folder, 'run', script);
}

const [, , ...wanted] = process.argv;
const began = Date.now();
const failed = PARTS.filter(([folder]) => wanted.length === 0 || wanted.includes(folder))
  .filter(([folder, script]) => !run(folder, script))
  .map(([folder]) => folder);
const seconds = Math.round((Date.now() - began) / 1000);
process.stdout.write(
  `compat: ${failed.length === 0 ? 'all passed' : `failed: ${failed.join(', ')}`}, ${seconds} s\n`,
);
process.exit(failed.length === 0 ? 0 : 1);
