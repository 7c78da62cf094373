import ts from 'typescript';

/** Another text for a part of the source. */
export interface Replacement {
  node: ts.Node;
  by: string;
}

type Operator = (node: ts.Node) => Replacement[];

const { SyntaxKind: Kind } = ts;

const OTHER_OPERATOR: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [Kind.LessThanToken, '<='],
  [Kind.LessThanEqualsToken, '<'],
  [Kind.GreaterThanToken, '>='],
  [Kind.GreaterThanEqualsToken, '>'],
  [Kind.EqualsEqualsEqualsToken, '!=='],
  [Kind.ExclamationEqualsEqualsToken, '==='],
  [Kind.AmpersandAmpersandToken, '||'],
  [Kind.BarBarToken, '&&'],
  [Kind.QuestionQuestionToken, '&&'],
  [Kind.MinusToken, '+'],
  [Kind.AsteriskToken, '/'],
  [Kind.SlashToken, '*'],
  [Kind.PlusEqualsToken, '-='],
  [Kind.MinusEqualsToken, '+='],
]);

/** `<` becomes `<=`, `===` becomes `!==`, `&&` becomes `||`. */
const otherOperator: Operator = (node) => {
  if (!ts.isBinaryExpression(node)) return [];
  const by = OTHER_OPERATOR.get(node.operatorToken.kind);
  // `||` next to `??` would need parentheses.
  return by === undefined ? [] : [{ node, by: `(${node.left.getText()} ${by} ${node.right.getText()})` }];
};

/** `if (a)` becomes `if (!(a))`; comparisons have an operator of their own that does the same. */
const negatedCondition: Operator = (node) => {
  const condition = conditionOf(node);
  if (condition === undefined || ts.isBinaryExpression(condition)) return [];
  return [{ node: condition, by: `!(${condition.getText()})` }];
};

function conditionOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) return node.expression;
  return ts.isConditionalExpression(node) ? node.condition : undefined;
}

/** To callers that ask for a truth, `false` is nothing as well. */
const SAME_AS_NOTHING = new Set(['undefined', 'false']);

/** `return a` becomes `return undefined`, and the body of an arrow function likewise. */
const nothingReturned: Operator = (node) => {
  const value = ts.isReturnStatement(node) ? node.expression : bodyOf(node);
  return value === undefined || SAME_AS_NOTHING.has(value.getText())
    ? []
    : [{ node: value, by: '(undefined)' }];
};

function bodyOf(node: ts.Node): ts.Expression | undefined {
  return ts.isArrowFunction(node) && !ts.isBlock(node.body) ? node.body : undefined;
}

/** `await a` becomes `a`; where that is returned outside of `try`, nothing changes. */
const notAwaited: Operator = (node) => {
  if (!ts.isAwaitExpression(node)) return [];
  const isReturned = ts.isReturnStatement(node.parent) || ts.isArrowFunction(node.parent);
  return isReturned && !isInTry(node) ? [] : [{ node, by: `(${node.expression.getText()})` }];
};

function isInTry(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isSourceFile(node)) return false;
  const { parent } = node;
  // What a `catch` returns is awaited by nobody but the caller.
  const isWatched =
    ts.isTryStatement(parent) && (node === parent.tryBlock || parent.finallyBlock !== undefined);
  return isWatched || isInTry(parent);
}

/** A call, an assignment or a `throw` is left out. */
const removedStatement: Operator = (node) =>
  ts.isExpressionStatement(node) || ts.isThrowStatement(node) ? [{ node, by: '{}' }] : [];

/** A number doubles, and `true` becomes `false`. */
const otherConstant: Operator = (node) => {
  if (ts.isNumericLiteral(node)) return [{ node, by: String(Number(node.text) * 2 || 1) }];
  if (node.kind === Kind.TrueKeyword) return [{ node, by: 'false' }];
  if (node.kind === Kind.FalseKeyword) return [{ node, by: 'true' }];
  return [];
};

/** `!a` becomes `a`. */
const withoutNot: Operator = (node) =>
  ts.isPrefixUnaryExpression(node) && node.operator === Kind.ExclamationToken
    ? [{ node, by: `(${node.operand.getText()})` }]
    : [];

export const OPERATORS: readonly Operator[] = [
  otherOperator,
  negatedCondition,
  nothingReturned,
  notAwaited,
  removedStatement,
  otherConstant,
  withoutNot,
];
