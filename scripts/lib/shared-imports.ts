import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** `dist/start.js`: what loads with the facade. */
export const START = 'start';
/** `dist/kit.js`: what loads with the client kit besides. */
export const KIT = 'kit';
/** `dist/root.js`: what loads with the package's root besides both. */
export const PACKAGE_ROOT = 'root';
export const SHARED_MODULES: readonly string[] = [START, KIT, PACKAGE_ROOT];

/** What an entry exports, and which shared module has that under the same name. */
export type SharedNames = ReadonlyMap<string, string | undefined>;

export async function sharedNames(module: string): Promise<SharedNames> {
  const entry = (await import(module)) as Record<string, unknown>;
  const names = new Map<string, string | undefined>(Object.keys(entry).map((name) => [name, undefined]));
  for (const shared of SHARED_MODULES) {
    const path = join(dirname(module), `${shared}.js`);
    if (!existsSync(path)) continue;
    const exported = (await import(path)) as Record<string, unknown>;
    for (const name of names.keys()) {
      if (name in exported && exported[name] === entry[name]) names.set(name, shared);
    }
  }
  return names;
}

/**
 * The code with each name imported from the shared module that has it, instead of from an entry of its package: an import loads no
 * more than that module. `entries` says by specifier what the entries export. Lines stay where they are, for source maps.
 */
export function withSharedImports(code: string, entries: ReadonlyMap<string, SharedNames>): string {
  let result = '';
  let position = 0;
  for (const statement of parse(code).statements) {
    const specifier = specifierOf(statement);
    const names = entries.get(specifier ?? '');
    const rewritten = specifier && names && rewrite(statement, specifier, names);
    if (rewritten === undefined) continue;
    const [start, end] = [statement.getStart(), statement.getEnd()];
    const lines = code.slice(start, end).split('\n').length - 1;
    result += code.slice(position, start) + rewritten + '\n'.repeat(lines);
    position = end;
  }
  return result + code.slice(position);
}

function rewrite(statement: ts.Statement, specifier: string, names: SharedNames): string | undefined {
  const [name = specifier] = /^@[^/]+\/[^/]+/.exec(specifier) ?? [];
  const sourceOf = (exported: string): string => {
    const shared = names.get(exported);
    return shared === undefined ? specifier : `${name}/${shared}`;
  };
  if (ts.isExportDeclaration(statement)) {
    // What is not of the start, or not all, stays as it is.
    const isOfStart = [...names.values()].every((shared) => shared === START);
    if (statement.exportClause || !isOfStart) return undefined;
    return `export { ${[...names.keys()].join(', ')} } from "${name}/${START}";`;
  }
  if (!ts.isImportDeclaration(statement)) return undefined;
  const { importClause } = statement;
  // What esbuild leaves of an import that nothing uses.
  if (importClause === undefined) return '';
  const bindings = importClause.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return undefined;
  const imported = bindings.elements.map((element) => ({
    text: element.getText(),
    from: sourceOf((element.propertyName ?? element.name).text),
  }));
  return bySource(imported);
}

/** A statement for each module. */
function bySource(names: readonly { text: string; from: string }[]): string {
  return Array.from(
    Map.groupBy(names, ({ from }) => from),
    ([from, list]) => `import { ${list.map(({ text }) => text).join(', ')} } from "${from}";`,
  ).join(' ');
}

function specifierOf(statement: ts.Statement): string | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined;
  const { moduleSpecifier } = statement;
  return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('module.js', text, ts.ScriptTarget.Latest, true);
}
