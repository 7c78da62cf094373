import { relative } from 'node:path';
import ts from 'typescript';
import { compilerOptions } from '../lib/tsconfig.ts';
import { type Entry, type Package, ROOT } from '../lib/workspace.ts';
import { EmittedFile, namesIn } from './emitted.ts';

/** A declaration that hosts can name, or reach through one that they can name. */
export interface ApiItem {
  name: string;
  /** As the `.d.ts` holds it, without comments. */
  text: string;
  /** The file that declares it, from the repository's root; tells two things of one name apart. */
  file: string;
  /** There is nothing of this name at run time. */
  isType: boolean;
}

/** What one entry point of a package exports. */
export interface EntrySurface {
  entry: Entry;
  items: ApiItem[];
}

/** What a package shows to its hosts. */
export interface Surface {
  package: Package;
  entries: EntrySurface[];
  /** Not exported, but the type of something that is. */
  reachable: ApiItem[];
  /** Exports of other packages that stand in what is exported, and that no entry exports. */
  unnamed: { name: string; in: string }[];
}

export function readSurfaces(packages: readonly Package[]): Surface[] {
  const sources = packages.flatMap(({ entries }) => entries.map(({ source }) => source));
  const reader = new SurfaceReader(ts.createProgram(sources, compilerOptions()));
  return packages.map((one) => reader.read(one));
}

/** What stands in an export. */
interface Shown {
  symbol: ts.Symbol;
  in: string;
}

interface Found extends Omit<ApiItem, 'isType'> {
  references: ts.Symbol[];
}

class SurfaceReader {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #emitted = new Map<string, EmittedFile>();
  /** Of the packages that were read: each comes behind those that it depends on. */
  readonly #exported = new Set<ts.Symbol>();

  constructor(program: ts.Program) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  read(one: Package): Surface {
    const known = new Set<ts.Symbol>();
    const queue: ts.Symbol[] = [];
    const shown: Shown[] = [];
    const entries = one.entries.map((entry) => {
      const items = this.#exportsOf(entry).map(({ name, symbol, isType }) => {
        known.add(symbol);
        const { references, ...item } = this.#find(name, symbol);
        queue.push(...references);
        for (const reference of references) shown.push({ symbol: reference, in: name });
        return { ...item, isType };
      });
      return { entry, items: byName(items) };
    });
    const unnamed = shown.filter(({ symbol }) => this.#exported.has(symbol) && !known.has(symbol));
    for (const symbol of known) this.#exported.add(symbol);
    return {
      package: one,
      entries,
      reachable: this.#reach(queue, new Set(known), one),
      unnamed: unnamed.map(({ symbol, in: user }) => ({ name: symbol.name, in: user })),
    };
  }

  #exportsOf({ source }: Entry): { name: string; symbol: ts.Symbol; isType: boolean }[] {
    const file = this.#program.getSourceFile(source);
    const module = file && this.#checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${source} cannot be read, or exports nothing.`);
    const values = this.#checker.getTypeOfSymbolAtLocation(module, file);
    return this.#checker.getExportsOfModule(module).map((symbol) => ({
      name: symbol.name,
      symbol: this.#declared(symbol),
      isType: this.#checker.getPropertyOfType(values, symbol.name) === undefined,
    }));
  }

  #reach(queue: ts.Symbol[], known: Set<ts.Symbol>, { folder }: Package): ApiItem[] {
    const reached: ApiItem[] = [];
    for (let symbol = queue.pop(); symbol !== undefined; symbol = queue.pop()) {
      const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
      if (known.has(symbol) || !file.startsWith(`${folder}/src/`)) continue;
      known.add(symbol);
      const { references, ...item } = this.#find(symbol.name, symbol);
      queue.push(...references);
      reached.push({ ...item, isType: true });
    }
    return byName(reached);
  }

  #find(name: string, symbol: ts.Symbol): Found {
    const file = symbol.declarations?.[0]?.getSourceFile();
    if (!file) throw new Error(`${name} has no declaration.`);
    const emitted = this.#emittedFile(file);
    const statements = emitted.declarationsOf(symbol.name);
    if (statements.length === 0)
      throw new Error(`${symbol.name} is not in the declarations of ${file.fileName}.`);
    const used = new Set(statements.flatMap((statement) => [...namesIn(statement)]));
    const inScope = this.#checker.getSymbolsInScope(
      file,
      ts.SymbolFlags.Type | ts.SymbolFlags.Value | ts.SymbolFlags.Alias,
    );
    const references = inScope.filter((one) => used.has(one.name)).map((one) => this.#declared(one));
    const renamed = name === symbol.name ? [] : [`export { ${symbol.name} as ${name} };`];
    const text = [...renamed, ...statements.map((statement) => emitted.textOf(statement))].join('\n');
    return { name, text, file: relative(ROOT, file.fileName), references };
  }

  #emittedFile(file: ts.SourceFile): EmittedFile {
    const emitted = this.#emitted.get(file.fileName) ?? new EmittedFile(file);
    this.#emitted.set(file.fileName, emitted);
    return emitted;
  }

  #declared(symbol: ts.Symbol): ts.Symbol {
    const target = symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    // Inside its own file, an exported declaration has a second, local symbol.
    return this.#checker.getExportSymbolOfSymbol(target);
  }
}

function byName(items: ApiItem[]): ApiItem[] {
  return items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
