import { relative } from 'node:path';
import ts from 'typescript';
import type { Findings } from '../lib/checks.ts';
import { compilerOptions } from '../lib/tsconfig.ts';
import { ROOT, workspacePackages } from '../lib/workspace.ts';

/** Every export of every entry point says what it is, and so does every method that a user of it can call. */
export function checkDocumented(): Findings {
  const entries = workspacePackages().flatMap((one) => one.entries);
  const program = ts.createProgram(
    entries.map(({ source }) => source),
    compilerOptions(),
  );
  const reader = new Reader(program.getTypeChecker());
  for (const { source } of entries) {
    const file = program.getSourceFile(source);
    if (!file) throw new Error(`${source} cannot be read.`);
    reader.readModule(file);
  }
  return { problems: reader.undocumented, notes: [`${reader.seen.size} exports and methods`] };
}

class Reader {
  readonly undocumented: string[] = [];
  readonly seen = new Set<ts.Symbol>();
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  readModule(file: ts.SourceFile): void {
    const module = this.#checker.getSymbolAtLocation(file);
    if (!module) return;
    for (const item of this.#checker.getExportsOfModule(module)) this.#read(this.#declared(item), '');
  }

  #read(symbol: ts.Symbol, owner: string): void {
    const declaration = symbol.declarations?.[0];
    if (this.seen.has(symbol) || !declaration || !isOurs(declaration)) return;
    this.seen.add(symbol);
    const name = owner + symbol.name;
    if (symbol.getDocumentationComment(this.#checker).length === 0) {
      const { line } = ts.getLineAndCharacterOfPosition(declaration.getSourceFile(), declaration.getStart());
      this.undocumented.push(`${name} (${relative(ROOT, declaration.getSourceFile().fileName)}:${line + 1})`);
    }
    if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) this.#readMembers(symbol);
  }

  #readMembers(owner: ts.Symbol): void {
    const type = this.#checker.getDeclaredTypeOfSymbol(owner);
    for (const member of this.#checker.getPropertiesOfType(type)) {
      const declaration = member.declarations?.[0];
      if (!declaration || !isPublic(declaration)) continue;
      if (member.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor))
        this.#read(member, `${owner.name}.`);
      // `client.tasks` leads to `Tasks`, whether that is exported or not.
      if (member.flags & ts.SymbolFlags.Property) {
        const target = this.#checker.getTypeOfSymbol(member).getSymbol();
        if (target && target.flags & ts.SymbolFlags.Class) this.#read(target, '');
      }
    }
  }

  #declared(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }
}

function isOurs(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().fileName.startsWith(`${ROOT}/packages/`);
}

function isPublic(declaration: ts.Declaration): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const name = ts.getNameOfDeclaration(declaration);
  return !(ts.getCombinedModifierFlags(declaration) & hidden) && !(name && ts.isPrivateIdentifier(name));
}
