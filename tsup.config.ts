import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Options } from 'tsup';
import { loadedSources } from './scripts/lib/loaded-sources.ts';
import { KIT, PACKAGE_ROOT, START } from './scripts/lib/shared-imports.ts';
import { type SharedModule, sharedModules } from './scripts/lib/shared-modules.ts';

interface ExportTarget {
  '@context-sdk/source': string;
  default: string;
}

/** The package that is built: `scripts/build.ts` runs tsup in its folder. */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, ExportTarget | string>;
};

/** An export whose `default` is `./dist/file.js` becomes entry `file`, built from its `@context-sdk/source`. */
function entriesFrom(targets: typeof exports): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const target of Object.values(targets)) {
    if (typeof target !== 'string') entries[basename(target.default, '.js')] = target['@context-sdk/source'];
  }
  return entries;
}

const entry = entriesFrom(exports);

/** What of this package loads with the facade is one module, and so is what its client kit and its root load besides. */
async function modules(): Promise<SharedModule[]> {
  const entryOf = {
    [START]: '../context/src/index.ts',
    [KIT]: entry['client-kit'],
    [PACKAGE_ROOT]: entry['index'],
  };
  const shared: SharedModule[] = [];
  for (const [name, path] of Object.entries(entryOf)) {
    if (path === undefined) continue;
    const isNew = (source: string): boolean =>
      source.startsWith(resolve('src')) && !shared.some(({ sources }) => sources.has(source));
    shared.push({ name, sources: new Set([...(await loadedSources(path))].filter(isNew)) });
  }
  // The sandbox and the MCP server have no part of the facade.
  return shared[0]?.sources.size === 0 ? [] : shared;
}

const config: Options = {
  entry,
  esbuildPlugins: [sharedModules(await modules())],
  format: 'esm',
  target: ['es2023', 'node22'],
  platform: 'neutral',
  // Sub-paths of a package share their code, so that one error class stays one class.
  splitting: true,
  // Of Node's own modules, some (`node:sqlite`) have no other name.
  removeNodeProtocol: false,
  external: [/^node:/],
  sourcemap: true,
  clean: true,
  dts: true,
  // Tree-shaken into the package: 9 ms instead of 55 to load, and no consumer's types depend on a zod version.
  noExternal: ['zod'],
  silent: true,
  esbuildOptions(options) {
    options.sourcesContent = false;
    options.chunkNames = '[name]-[hash]';
  },
};

export default config;
