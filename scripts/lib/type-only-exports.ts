import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** What a module exports: names, and the modules that it exports whole. */
interface Exported {
  names: Set<string>;
  modules: Set<string>;
}

/**
 * The declarations of an entry with `type` before each name that its module doesn't export. The bundler of declarations drops
 * the word, and a host's `new TickTickClient()` would compile and fail at run time.
 */
export function withTypeOnlyExports(types: string, module: string): string {
  const text = readFileSync(types, 'utf8');
  const exported = exportsOf(readFileSync(module, 'utf8'));
  let result = '';
  let position = 0;
  for (const statement of parse(text).statements) {
    if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) continue;
    for (const place of placesForType(statement, exported)) {
      result += `${text.slice(position, place)}type `;
      position = place;
    }
  }
  return result + text.slice(position);
}

function placesForType(statement: ts.ExportDeclaration, { names, modules }: Exported): number[] {
  const { exportClause: clause, moduleSpecifier } = statement;
  if (clause && ts.isNamedExports(clause)) {
    return clause.elements
      .filter(({ isTypeOnly, name }) => !isTypeOnly && !names.has(name.text))
      .map((element) => element.getStart());
  }
  const isValue = clause
    ? names.has(clause.name.getText())
    : modules.has((moduleSpecifier as ts.StringLiteral).text);
  return isValue ? [] : [statement.getStart() + 'export '.length];
}

function exportsOf(code: string): Exported {
  const names = new Set<string>();
  const modules = new Set<string>();
  for (const statement of parse(code).statements) {
    if (!ts.isExportDeclaration(statement)) continue;
    const { exportClause: clause, moduleSpecifier } = statement;
    if (clause === undefined) modules.add((moduleSpecifier as ts.StringLiteral).text);
    else if (ts.isNamedExports(clause)) for (const { name } of clause.elements) names.add(name.text);
    else names.add(clause.name.text);
  }
  return { names, modules };
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest, true);
}
