import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const APPS = join(import.meta.dirname, '../apps');
const NEXT = ['node_modules/next/dist/bin/next'];

/** A folder that is installed once, and the hosts in it. */
export interface App {
  folder: string;
  /** What is compiled or built, with each host's types. */
  build: readonly string[];
  /** Each host's name, the package whose version is told, and what `node` starts. */
  hosts: readonly (readonly [name: string, versionOf: string, start: readonly string[]])[];
}

export const APPS_TO_TRY: readonly App[] = [
  {
    folder: 'servers',
    build: ['node_modules/typescript/bin/tsc'],
    hosts: [
      ['Express', 'express', ['dist/express.js']],
      ['Hono', 'hono', ['dist/hono.js']],
      ['Fastify', 'fastify', ['dist/fastify.js']],
      ['Koa', 'koa', ['dist/koa.js']],
      ['Nest', '@nestjs/core', ['dist/nest.js']],
    ],
  },
  {
    folder: 'next-15',
    build: [...NEXT, 'build'],
    hosts: [['Next 15, App Router', 'next', [...NEXT, 'start']]],
  },
  {
    folder: 'next-16',
    build: [...NEXT, 'build'],
    hosts: [['Next 16, App Router', 'next', [...NEXT, 'start']]],
  },
];

/** Puts an application's files together in an empty folder. */
export function copyApp(name: string, into: string): void {
  mkdirSync(into, { recursive: true });
  if (name.startsWith('next')) cpSync(join(APPS, 'shared-next'), into, { recursive: true });
  cpSync(join(APPS, 'shared-host.ts'), join(into, 'shared-host.ts'));
  const isSource = (path: string): boolean =>
    !/node_modules|[/\\](dist|\.next)\b/.test(path.slice(APPS.length));
  cpSync(join(APPS, name), into, { recursive: true, filter: isSource });
}
