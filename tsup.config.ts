import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Options } from 'tsup';
import { sharedChunks, type SharedSources } from './scripts/lib/shared-chunk.ts';
import { staticClosure, withDynamicImports } from './scripts/lib/static-closure.ts';

interface ExportTarget {
  '@context-sdk/source': string;
  default: string;
}

/** The package that is built: `scripts/build.ts` runs tsup in its folder. */
const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  name: string;
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

/** What the facade, and so a host, loads of a package without its root. */
const STARTS: Readonly<Record<string, readonly string[]>> = {
  '@context-sdk/oauth-core': ['client-kit', 'errors', 'providers', 'store-kit'],
  '@context-sdk/google-workspace': ['clients', 'free-time'],
  '@context-sdk/ado-client': ['environment'],
};

/** All that a start loads at once is one chunk, and so is what the root loads besides: whatever needs a part of it shares it. */
function startChunks(): SharedSources[] {
  const entries = withDynamicImports(Object.values(entry));
  const loadedBefore = new Set<string>();
  return [STARTS[name] ?? [], ['index']].map((starts) => {
    const loaded = starts.flatMap((start) => staticClosure(entry[start] ?? ''));
    const sources = new Set(loaded.filter((source) => !loadedBefore.has(source)));
    for (const source of sources) loadedBefore.add(source);
    const sharing = entries.filter((path) => staticClosure(path).some((source) => sources.has(source)));
    return { sources, entries: new Set(sharing) };
  });
}

const config: Options = {
  entry,
  esbuildPlugins: [sharedChunks(startChunks())],
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
