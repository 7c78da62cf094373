import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SRC = join(import.meta.dirname, '../../src');

function read(path: string): string {
  return readFileSync(join(SRC, path), 'utf8');
}

function found(text: string, pattern: RegExp, what: string): string[] {
  const all = [...text.matchAll(pattern)].flatMap(([, one]) => one ?? []);
  if (all.length === 0) throw new Error(`The sources have no ${what} any more where they were.`);
  return all;
}

/** The actions of the routes under `/auth/{provider}`, from the sources, so that no route is left out. */
export function authActions(): string[] {
  const [, table = ''] = /const ACTIONS = \{(.*?)\n\}/s.exec(read('http/auth/auth-routes.ts')) ?? [];
  return found(table, /^ {2}(\w+): \{/gm, 'actions');
}

/** The paths under `/webhooks`, from the sources. */
export function webhookPaths(): string[] {
  const files = globSync('changes/sources/*.ts', { cwd: SRC });
  return found(files.map(read).join('\n'), /^ {2}path: '([^']+)'/gm, 'paths of webhooks');
}

/** What the handler's first segments are. */
export function firstSegments(): string[] {
  const [, table = ''] = /createHandler\(options, \{(.*?)\}/.exec(read('create-context.ts')) ?? [];
  return found(table, /(\w+)/g, 'routes');
}
