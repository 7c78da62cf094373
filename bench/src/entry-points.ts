import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = join(import.meta.dirname, '../../packages');

export interface EntryPoint {
  /** For example `@context-sdk/oauth-core/file`. */
  specifier: string;
  isRoot: boolean;
}

function entryPointsOf(folder: string): EntryPoint[] {
  const { name, exports } = JSON.parse(readFileSync(join(PACKAGES, folder, 'package.json'), 'utf8')) as {
    name: string;
    exports: Record<string, unknown>;
  };
  return Object.keys(exports)
    .filter((path) => path !== './package.json')
    .map((path) => ({ specifier: name + path.slice(1), isRoot: path === '.' }));
}

/** What the packages export, each package's root first. */
export function entryPoints(): EntryPoint[] {
  return ['oauth-core', 'ticktick-client', 'google-workspace', 'ado-client', 'context', 'sandbox'].flatMap(
    entryPointsOf,
  );
}
