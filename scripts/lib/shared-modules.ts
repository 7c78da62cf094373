import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';
import { type ExportedName, exportedNames, reexport } from './exported-names.ts';

/** Sources that become one module of `dist/`. */
export interface SharedModule {
  name: string;
  sources: ReadonlySet<string>;
}

/** By name of the module: what each of its sources exports. */
type Shared = ReadonlyMap<string, ReadonlyMap<string, readonly ExportedName[]>>;

/** How a module sees a source that isn't a part of it. */
type View =
  /** As what this shared module exports of it. */
  | { importedFrom: string }
  /** As what passes names on, such as an index: each shared module passes them on to itself. */
  | { passedOnIn: string };

/** Names the entry of a shared module, of which there is no source. */
const ENTRY = 'shared-module';

/**
 * Makes a module of each group of sources, with all that they export, from which everything else takes what it needs of them. esbuild
 * alone makes a chunk for each set of entries that share something: a dozen small ones, each of which takes half a millisecond to load.
 */
export function sharedModules(groups: readonly SharedModule[]): Plugin {
  const filled = groups.filter(({ sources }) => sources.size > 0);
  const shared: Shared = new Map(filled.map(({ name, sources }) => [name, exportedNames(sources)]));
  return {
    name: 'shared-modules',
    setup(build) {
      addEntries(build, shared);
      build.onResolve({ filter: /^\./ }, (args) => resolveSource(args, shared));
      build.onLoad({ filter: /\.ts$/, namespace: 'file' }, ({ path, pluginData }) =>
        pluginData === undefined ? undefined : loadView(path, pluginData as View, shared),
      );
    },
  };
}

/** An entry per shared module: it exports all that its sources do. */
function addEntries({ initialOptions, onResolve, onLoad }: PluginBuild, shared: Shared): void {
  const entries = Array.from(shared.keys(), (name) => [name, `${ENTRY}:${name}`]);
  Object.assign(initialOptions.entryPoints ?? {}, Object.fromEntries(entries));
  onResolve({ filter: new RegExp(`^${ENTRY}:`) }, ({ path }) => ({
    path: path.slice(ENTRY.length + 1),
    namespace: ENTRY,
  }));
  onLoad({ filter: /./, namespace: ENTRY }, ({ path: name }) => ({
    contents: Array.from(shared.get(name) ?? [], ([source, names]) => reexport(names, source)).join('\n'),
    resolveDir: process.cwd(),
  }));
}

/** What a module that imports a source gets: the source itself, unless one of them is of a shared module and the other isn't. */
function resolveSource(
  { resolveDir, path, importer, kind, pluginData }: OnResolveArgs,
  shared: Shared,
): OnResolveResult | undefined {
  const moduleOf = (file: string): string | undefined =>
    Array.from(shared).find(([, sources]) => sources.has(file))?.[0];
  const view = pluginData as View | undefined;
  if (view && 'importedFrom' in view) return { path, external: true, sideEffects: false };

  const source = resolve(resolveDir, path);
  const from = view?.passedOnIn ?? moduleOf(importer);
  const to = moduleOf(source);
  const isStatic = kind === 'import-statement';
  if (to === from && isStatic) return undefined;
  // One view for each importer: of what several import, esbuild would make a chunk. An `import()` is a chunk in any case.
  const by = isStatic ? `&by=${relative('.', importer)}&in=${from ?? 'another'}` : '';
  if (to !== undefined) return seen(source, `?from=${to}${by}`, { importedFrom: to });
  return from !== undefined && isStatic ? seen(source, `?in=${from}`, { passedOnIn: from }) : undefined;
}

/** The path stays that of the source, for source maps; the suffix tells esbuild that it is another module. */
function seen(source: string, suffix: string, pluginData: View): OnResolveResult {
  return { path: source, suffix, pluginData, sideEffects: false };
}

function loadView(source: string, view: View, shared: Shared): OnLoadResult {
  const asTypeScript = { loader: 'ts', pluginData: view } as const;
  if ('passedOnIn' in view) return { ...asTypeScript, contents: readFileSync(source, 'utf8') };
  const names = shared.get(view.importedFrom)?.get(source) ?? [];
  const renamedBack = names.map(({ name, as }) => ({ name: as, as: name }));
  return { ...asTypeScript, contents: reexport(renamedBack, `./${view.importedFrom}.js`) };
}
