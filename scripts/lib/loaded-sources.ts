import { resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** The sources, of any package, that load with an entry. What one of them imports and uses is among them. */
export async function loadedSources(entry: string): Promise<ReadonlySet<string>> {
  let code = `export * from '${resolve(entry)}';`;
  let sources: string[] = [];
  for (;;) {
    const loaded = await loadedAtOnce(code);
    if (loaded.length === sources.length) return new Set(loaded);
    sources = loaded;
    code = sources.map((source, index) => `export * as s${index} from '${source}';`).join('\n');
  }
}

/** The sources of which a module with this code contains anything. What they load on first use is in other modules. */
async function loadedAtOnce(code: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: '.' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    conditions: ['@context-sdk/source'],
    external: ['node:*'],
    write: false,
    metafile: true,
    outdir: 'out',
    logLevel: 'error',
    plugins: [
      {
        name: 'at-once',
        setup({ onResolve }) {
          onResolve({ filter: /./ }, ({ kind, path }) =>
            kind === 'dynamic-import' ? { path, external: true } : undefined,
          );
        },
      },
    ],
  });
  return sourcesIn(metafile).map((source) => resolve(source));
}

function sourcesIn({ outputs }: Metafile): string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([source]) => source),
  );
}
