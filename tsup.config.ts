import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';
import type { Options } from 'tsup';
import { sharedChunk } from './scripts/lib/shared-chunk.ts';
import { dynamicImports, staticClosure } from './scripts/lib/static-closure.ts';

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

/** What oauth-core's root, kits and stores have in common. */
const CORE_SHARED = [
  'src/{errors,json,redaction,crypto,timing,urls,hooks,leases,limiters,limiters/memory}/*.ts',
  'src/stores/{check-arguments,list-keys,store-outcome}.ts',
  'src/stores/schedule/*.ts',
  'src/oauth/token-set.ts',
  'src/tokens/access-token-source.ts',
];
const entry = entriesFrom(exports);

/** All that a root loads at once is one chunk. */
function oneChunk(): Plugin {
  if (Object.hasOwn(exports, './client-kit')) return sharedChunk(Object.values(entry), globSync(CORE_SHARED));
  const { index = '' } = entry;
  const loaded = staticClosure(index);
  const onFirstUse = dynamicImports(loaded).filter((path) => staticClosure(path).length > 0);
  return sharedChunk([index, ...onFirstUse], loaded);
}

const config: Options = {
  entry,
  esbuildPlugins: [oneChunk()],
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
