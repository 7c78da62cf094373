import ts from 'typescript';
import { compilerOptions } from '../lib/tsconfig.ts';

const OPTIONS = { ...compilerOptions(), removeComments: true };
const PRINTER = ts.createPrinter({ removeComments: true });

/** The declarations of one source file, as its `.d.ts` holds them. */
export class EmittedFile {
  readonly #file: ts.SourceFile;

  constructor(source: ts.SourceFile) {
    const { outputText } = ts.transpileDeclaration(source.text, {
      fileName: source.fileName,
      compilerOptions: OPTIONS,
    });
    this.#file = ts.createSourceFile('emitted.d.ts', outputText, ts.ScriptTarget.Latest, true);
  }

  /** Every declaration of a name: overloads, or an interface beside a constant. */
  declarationsOf(name: string): ts.Statement[] {
    return this.#file.statements.filter((statement) => namesOf(statement).includes(name));
  }

  textOf(statement: ts.Statement): string {
    return PRINTER.printNode(ts.EmitHint.Unspecified, statement, this.#file);
  }
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const isNamed =
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

/** The names of types and values that a declaration refers to. */
export function namesIn(statement: ts.Statement): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.add(firstName(node.typeName));
    if (ts.isTypeQueryNode(node)) names.add(firstName(node.exprName));
    if (ts.isExpressionWithTypeArguments(node)) names.add(node.expression.getText());
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

function firstName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : firstName(name.left);
}
