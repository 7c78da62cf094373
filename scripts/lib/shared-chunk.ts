import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** Sources that become one chunk, and the entries that need any of them. */
export interface SharedSources {
  sources: ReadonlySet<string>;
  entries: ReadonlySet<string>;
}

/**
 * Puts sources that entries share into a chunk per group. esbuild makes a chunk for each set of entries that share something, where what
 * is loaded on first use is an entry, too: a dozen of a few hundred bytes, each of which takes half a millisecond to load.
 */
export function sharedChunks(groups: readonly SharedSources[]): Plugin {
  return {
    name: 'shared-chunks',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ resolveDir, path }) => {
        const absolute = resolve(resolveDir, path);
        const isShared = groups.some(({ sources }) => sources.has(absolute));
        return isShared ? { path: absolute, sideEffects: true } : undefined;
      });
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const shared = groups
          .filter(({ entries }) => entries.has(path))
          .flatMap(({ sources }) => [...sources]);
        if (shared.length === 0) return undefined;
        const imports = shared.map((source) => `import './${relative(dirname(path), source)}';`);
        return { loader: 'ts', contents: [readFileSync(path, 'utf8'), ...imports].join('\n') };
      });
    },
  };
}
