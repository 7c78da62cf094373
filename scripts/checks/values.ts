import ts from 'typescript';
import type { Findings } from '../lib/checks.ts';
import { compilerOptions } from '../lib/tsconfig.ts';
import { type Entry, workspacePackages } from '../lib/workspace.ts';

/** What the declarations call a value, the module exports at run time: otherwise a host's program compiles and does not start. */
export async function checkValues(): Promise<Findings> {
  const entries = workspacePackages().flatMap((one) => one.entries);
  const options = {
    ...compilerOptions(),
    customConditions: [],
    declaration: false,
    isolatedDeclarations: false,
  };
  const program = ts.createProgram(
    entries.map(({ types }) => types),
    options,
  );
  const problems: string[] = [];
  for (const entry of entries) problems.push(...(await differences(program, entry)));
  return { problems, notes: [`${entries.length} entries`] };
}

async function differences(program: ts.Program, { specifier, types, module }: Entry): Promise<string[]> {
  const declared = declaredValues(program, types);
  // A program, or a preload: importing it would start it.
  if (declared.length === 0) return [];
  const exported = Object.keys((await import(module)) as object);
  return [
    ...declared
      .filter((name) => !exported.includes(name))
      .map((name) => `${specifier} declares the value ${name} and does not export it`),
    ...exported
      .filter((name) => !declared.includes(name))
      .map((name) => `${specifier} exports ${name} and does not declare it as a value`),
  ];
}

function declaredValues(program: ts.Program, types: string): string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(types);
  if (!file) throw new Error(`${types} cannot be read.`);
  const module = checker.getSymbolAtLocation(file);
  if (!module) return [];
  const type = checker.getTypeOfSymbolAtLocation(module, file);
  // A property only where no `export type` stands on the way to the name.
  return checker
    .getExportsOfModule(module)
    .map(({ name }) => name)
    .filter((name) => checker.getPropertyOfType(type, name) !== undefined);
}
