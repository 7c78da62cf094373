import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Findings } from '../lib/checks.ts';
import { trackedFiles } from '../lib/tracked-files.ts';
import { ROOT } from '../lib/workspace.ts';

/** Imports are sorted: Node's modules, then packages, then files; each by name. `write` sorts them. */
export function checkImportOrder(write: boolean): Findings {
  const problems: string[] = [];
  for (const path of trackedFiles('*.ts')) {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const sorted = withSortedImports(text);
    if (sorted === text) continue;
    if (write) writeFileSync(join(ROOT, path), sorted);
    else problems.push(`${path}: imports are not sorted; npm run lint:write sorts them`);
  }
  return { problems };
}

/** Comments and blank lines between imports stay where they are. */
function withSortedImports(text: string): string {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const imports = file.statements.filter(ts.isImportDeclaration);
  const slots = imports.map((declaration) => ({ start: declaration.getStart(), end: declaration.getEnd() }));
  const sorted = imports
    .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : Number(sortKey(a) > sortKey(b))))
    .map((declaration) => declaration.getText());
  let result = '';
  let position = 0;
  for (const [index, { start, end }] of slots.entries()) {
    result += text.slice(position, start) + (sorted[index] ?? '');
    position = end;
  }
  return result + text.slice(position);
}

function sortKey({ moduleSpecifier }: ts.ImportDeclaration): string {
  const specifier = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
  if (specifier.startsWith('node:')) return `0 ${specifier}`;
  return `${specifier.startsWith('.') ? 2 : 1} ${specifier}`;
}
