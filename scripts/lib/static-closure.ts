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

/** What these sources load on first use. */
export function dynamicImports(sources: readonly string[]): string[] {
  return [...new Set(sources.flatMap((path) => targetsIn(path, DYNAMIC)))];
}
