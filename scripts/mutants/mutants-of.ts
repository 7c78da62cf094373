import ts from 'typescript';
import { OPERATORS, type Replacement } from './operators.ts';

/** One small change to a source file that a test should notice. */
export interface Mutant {
  /** From the repository's root. */
  path: string;
  /** From 1. */
  line: number;
  /** The name of the function around it; empty at the top of the file. */
  owner: string;
  /** What stood there, and what replaces it. */
  change: string;
  /** The whole file with the change. */
  text: string;
}

/** Every mutant of a file, in the order of its text. */
export function mutantsOf(path: string, text: string): Mutant[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (isWithoutEffect(node)) return;
    for (const replacement of OPERATORS.flatMap((operator) => operator(node))) {
      mutants.push(mutantFrom(replacement, path, file));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return mutants;
}

/** Types say nothing at run time, and what an error's message says is not what the tests are for. */
function isWithoutEffect(node: ts.Node): boolean {
  const isError = ts.isNewExpression(node) && node.expression.getText().endsWith('Error');
  return ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || isError;
}

function mutantFrom({ node, by }: Replacement, path: string, file: ts.SourceFile): Mutant {
  const [start, end] = [node.getStart(file), node.getEnd()];
  const short = (code: string): string => code.replaceAll(/\s+/g, ' ').slice(0, 80);
  return {
    path,
    line: file.getLineAndCharacterOfPosition(start).line + 1,
    owner: ownerOf(node),
    change: `${short(node.getText())} → ${by === '' ? '(removed)' : short(by)}`,
    text: file.text.slice(0, start) + by + file.text.slice(end),
  };
}

/** As V8 names functions: by their own name, or that of the variable or member that they are the value of. */
function ownerOf(node: ts.Node): string {
  for (let around = node.parent; !ts.isSourceFile(around); around = around.parent) {
    if (ts.isConstructorDeclaration(around))
      return ts.isClassDeclaration(around.parent) ? (around.parent.name?.text ?? '') : '';
    const named = ts.isFunctionLike(around) ? (around.name ?? nameOfValue(around.parent)) : undefined;
    if (named) return named.getText();
  }
  return '';
}

function nameOfValue(node: ts.Node): ts.Node | undefined {
  return ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) ? node.name : undefined;
}
