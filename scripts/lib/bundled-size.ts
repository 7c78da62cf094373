import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { ROOT } from './workspace.ts';

/** Leaves out a chunk that a package loads on first use. */
function without(chunk: RegExp): Plugin {
  return {
    name: 'without',
    setup({ onResolve }) {
      onResolve({ filter: chunk }, ({ path, kind }) =>
        kind === 'dynamic-import' ? { path, external: true } : undefined,
      );
    },
  };
}

/**
 * Bytes of a program with all that it needs, minified and gzipped: what a browser or an edge function would download. A
 * `node:` import cannot be bundled at all and fails here. `except` names a chunk that is loaded on first use.
 */
export async function bundledSize(program: string, except?: RegExp): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    conditions: ['import'],
    // Without the repository's own tsconfig, as for a consumer.
    tsconfigRaw: {},
    plugins: except === undefined ? [] : [without(except)],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const sources = Object.keys(metafile.inputs).filter((file) => /^packages\/[\w-]+\/src\//.test(file));
  if (sources.length > 0) throw new Error(`Measured the sources, not dist: ${sources.join(', ')}`);
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}
