import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const STATIC = /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm;
const DYNAMIC = /\bimport\('(\.[^']+)'\)/g;

function targetsIn(path: string, pattern: RegExp): string[] {
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(pattern)].map(([, target = '']) => resolve(dirname(path), target));
}

/** The sources that load with `entry`, without it. */
export function staticClosure(entry: string): string[] {
  const root = resolve(entry);
  const found = new Set([root]);
  for (const path of found) for (const target of targetsIn(path, STATIC)) found.add(target);
  found.delete(root);
  return [...found];
}

/** These entries and all that is loaded on first use, by them or by what they load. */
export function withDynamicImports(entries: readonly string[]): string[] {
  const found = new Set(entries.map((path) => resolve(path)));
  for (const path of found) {
    for (const source of [path, ...staticClosure(path)]) {
      for (const target of targetsIn(source, DYNAMIC)) found.add(target);
    }
  }
  return [...found];
}
