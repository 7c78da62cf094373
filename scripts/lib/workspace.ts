import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export const ROOT: string = join(import.meta.dirname, '..', '..');

export interface Manifest {
  name: string;
  private?: boolean;
  version: string;
  exports: Record<string, { '@context-sdk/source': string; types: string; default: string } | string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** One way into a package, as its `exports` name it. Paths are absolute. */
export interface Entry {
  /** `@context-sdk/oauth-core/file` */
  specifier: string;
  source: string;
  types: string;
  module: string;
}

export interface Package {
  /** Folder below `packages/`. */
  name: string;
  folder: string;
  manifest: Manifest;
  entries: Entry[];
}

/** The packages that are published, each behind those that it depends on. */
export function workspacePackages(): Package[] {
  const folders = readdirSync(join(ROOT, 'packages'), { withFileTypes: true }).filter((item) =>
    item.isDirectory(),
  );
  const packages = folders
    .map((item) => readPackage(join(ROOT, 'packages', item.name)))
    .filter(({ manifest }) => manifest.private !== true);
  const ordered: Package[] = [];
  const visit = (one: Package): void => {
    if (ordered.includes(one)) return;
    for (const other of packages) {
      if (one.manifest.dependencies?.[other.manifest.name] !== undefined) visit(other);
    }
    ordered.push(one);
  };
  for (const one of packages) visit(one);
  return ordered;
}

function readPackage(folder: string): Package {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const entries: Entry[] = [];
  for (const [path, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue;
    entries.push({
      specifier: manifest.name + path.slice(1),
      source: join(folder, target['@context-sdk/source']),
      types: join(folder, target.types),
      module: join(folder, target.default),
    });
  }
  return { name: basename(folder), folder, manifest, entries };
}
