import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Puts sources that most entries need into one chunk. esbuild makes a chunk for each set of entries that share something, where what is
 * loaded on first use is an entry, too: a dozen of a few hundred bytes, each of which takes half a millisecond to load.
 */
export function sharedChunk(entries: readonly string[], sources: readonly string[]): Plugin {
  const shared = new Set(sources.map((path) => resolve(path)));
  const isEntry = new Set(entries.map((path) => resolve(path)));
  return {
    name: 'shared-chunk',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ resolveDir, path }) => {
        const absolute = resolve(resolveDir, path);
        return shared.has(absolute) ? { path: absolute, sideEffects: true } : undefined;
      });
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!isEntry.has(path)) return undefined;
        const imports = [...shared].map((source) => `import './${relative(dirname(path), source)}';`);
        return { loader: 'ts', contents: [readFileSync(path, 'utf8'), ...imports].join('\n') };
      });
    },
  };
}
