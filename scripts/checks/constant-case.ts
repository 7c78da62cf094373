import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Findings } from '../lib/checks.ts';
import { trackedFiles } from '../lib/tracked-files.ts';
import { ROOT } from '../lib/workspace.ts';

const UPPER_CASE = /^[A-Z][A-Z0-9_]*$/;
/** Data that hosts name as they name a service, with the reason. */
const ALLOWED: Readonly<Record<string, string>> = {
  google: 'a provider, beside others that are functions or built by one',
};
/** What docs/from-the-guide.md shows: programs as hosts write them. */
const SHOWN = 'packages/context/test/guide/page/';
const ARITHMETIC = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
]);

/** Data at the top of a file is in upper case: numbers, text, patterns, and lists, sets and records of them. */
export function checkConstantCase(): Findings {
  const problems = trackedFiles('*.ts')
    .filter((path) => !path.startsWith(SHOWN))
    .flatMap((path) => {
      const file = ts.createSourceFile(
        path,
        readFileSync(join(ROOT, path), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      );
      return constantsOf(file)
        .filter(({ text }) => !UPPER_CASE.test(text) && !(text in ALLOWED) && !isEnum(text, file))
        .map(({ text }) => `${path}: ${text} is data, so its name is in upper case`);
    });
  return { problems };
}

function constantsOf(file: ts.SourceFile): ts.Identifier[] {
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .filter(
      ({ initializer, parent }) => parent.flags & ts.NodeFlags.Const && initializer && isData(initializer),
    )
    .map(({ name }) => name)
    .filter(ts.isIdentifier);
}

/** `TaskStatus` is both the record of its values and their type. */
function isEnum(name: string, file: ts.SourceFile): boolean {
  return file.statements.some(
    (statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === name,
  );
}

function isData(node: ts.Expression): boolean {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) {
    return isData(node.expression);
  }
  if (ts.isLiteralExpression(node)) return true;
  if (ts.isIdentifier(node)) return UPPER_CASE.test(node.text);
  if (ts.isPrefixUnaryExpression(node)) return isData(node.operand);
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => isData(expression));
  if (ts.isBinaryExpression(node)) {
    return ARITHMETIC.has(node.operatorToken.kind) && isData(node.left) && isData(node.right);
  }
  return isCollection(node);
}

function isCollection(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 && node.elements.every(isData);
  if (ts.isObjectLiteralExpression(node)) {
    const values = node.properties.map(
      (property) => ts.isPropertyAssignment(property) && isData(property.initializer),
    );
    return values.length > 0 && values.every(Boolean);
  }
  const isSet = ts.isNewExpression(node) && /^(Set|Map)$/.test(node.expression.getText());
  return isSet && node.arguments !== undefined && node.arguments.length > 0 && node.arguments.every(isData);
}
