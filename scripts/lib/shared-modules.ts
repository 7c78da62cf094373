import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** Sources that become one module of `dist/`. */
export interface SharedModule {
  name: string;
  sources: ReadonlySet<string>;
}

interface ExportedName {
  name: string;
  /** In the shared module, where two sources may export the same name. */
  as: string;
}

/** In the place of a source: what a module imports from the shared one instead. */
const SHARED = 'shared';
/** What only passes names on, such as an index: the shared module gets its own. */
const PASSED_ON = 'passed-on';

const EXPORTED = /^export (?:abstract |async )*(?:class|const|function\*?) (\w+)/gm;

/**
 * Makes a module of each group of sources, with all that they export, from which everything else takes what it needs of them. esbuild
 * alone makes a chunk for each set of entries that share something: a dozen small ones, each of which takes half a millisecond to load.
 */
export function sharedModules(groups: readonly SharedModule[]): Plugin {
  const shared = groups
    .filter(({ sources }) => sources.size > 0)
    .map(({ name, sources }) => ({ name, names: exportedNames(sources) }));
  const moduleOf = (source: string): string | undefined =>
    shared.find(({ names }) => names.has(source))?.name;
  return {
    name: 'shared-modules',
    setup({ initialOptions, onResolve, onLoad }) {
      const entries = shared.map(({ name }) => [name, `${SHARED}:${name}`]);
      Object.assign(initialOptions.entryPoints ?? {}, Object.fromEntries(entries));
      for (const { name, names } of shared) {
        onResolve({ filter: new RegExp(`^${SHARED}:${name}$`) }, () => ({
          path: name,
          namespace: `${SHARED}-${name}`,
        }));
        onLoad({ filter: /./, namespace: `${SHARED}-${name}` }, () => ({
          contents: Array.from(names, ([source, list]) => reexport(list, source)).join('\n'),
          resolveDir: process.cwd(),
        }));
      }

      onResolve({ filter: /./, namespace: SHARED }, ({ path }) => ({
        path,
        external: true,
        sideEffects: false,
      }));
      onLoad({ filter: /./, namespace: SHARED }, ({ path }) => {
        const source = resolve(path);
        const { name, names } = shared.find((one) => one.names.has(source)) ?? {};
        const list = names?.get(source)?.map((exported) => ({ name: exported.as, as: exported.name }));
        return { contents: reexport(list ?? [], `./${name}.js`) };
      });

      onLoad({ filter: /./, namespace: PASSED_ON }, ({ path, pluginData }) => {
        const source = resolve(path);
        return {
          contents: readFileSync(source, 'utf8'),
          loader: 'ts',
          resolveDir: dirname(source),
          pluginData,
        };
      });
      onResolve({ filter: /^\./ }, ({ resolveDir, path, importer, kind, namespace, pluginData }) => {
        const source = resolve(resolveDir, path);
        const from = namespace === PASSED_ON ? String(pluginData) : moduleOf(importer);
        const to = moduleOf(source);
        if (from === to && kind === 'import-statement') return undefined;
        const own = { path: relative('.', source), sideEffects: false };
        // One for each importer: esbuild would make a chunk of what importers share.
        const suffix = `?${importer && relative('.', importer)}${namespace === PASSED_ON ? `?${from}` : ''}`;
        if (to !== undefined) return { ...own, suffix, namespace: SHARED };
        return kind === 'import-statement' && from !== undefined
          ? { ...own, suffix: `?${from}`, namespace: PASSED_ON, pluginData: from }
          : undefined;
      });
    },
  };
}

function exportedNames(sources: ReadonlySet<string>): Map<string, ExportedName[]> {
  const counts = new Map<string, number>();
  const unique = (name: string): string => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}${count}`;
  };
  return new Map(
    Array.from(sources, (source) => {
      const found = readFileSync(source, 'utf8').matchAll(EXPORTED);
      return [source, Array.from(found, ([, name = '']) => ({ name, as: unique(name) }))];
    }),
  );
}

function reexport(names: readonly ExportedName[], from: string): string {
  return `export { ${names.map(({ name, as }) => `${name} as ${as}`).join(', ')} } from '${from}';`;
}
