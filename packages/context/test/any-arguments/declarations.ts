import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A parameter of a function, or a member of an object, as its declaration has it. */
export interface Named {
  name: string;
  type: ts.TypeNode | undefined;
  isOptional: boolean;
}

/** A function, method or constructor. */
export interface Callable {
  name: string;
  parameters: Named[];
  result: ts.TypeNode | undefined;
}

type Shape = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeLiteralNode;

const PACKAGES = join(import.meta.dirname, '..', '..', '..');

/** What the `api.md` of our packages declare, which `npm run api` keeps equal to the sources. A name means one thing. */
const statements = new Map<string, ts.Statement>();
for (const name of ['oauth-core', 'ticktick-client', 'google-workspace', 'ado-client', 'context']) {
  const page = readFileSync(join(PACKAGES, name, 'api.md'), 'utf8');
  const text = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code).join('\n');
  for (const statement of ts.createSourceFile('api.ts', text, ts.ScriptTarget.Latest, true).statements) {
    const named = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement;
    const id = named && 'name' in named ? (named.name as ts.Identifier) : undefined;
    if (id !== undefined && !statements.has(id.text)) statements.set(id.text, statement);
  }
}

function declared(name: string): ts.Statement | undefined {
  return statements.get(name);
}

/** The type behind an alias. */
export function aliasOf(name: string): ts.TypeNode | undefined {
  const statement = declared(name);
  return statement !== undefined && ts.isTypeAliasDeclaration(statement) ? statement.type : undefined;
}

export function isShape(name: string): boolean {
  return shapeNamed(name) !== undefined;
}

function shapeNamed(name: string): Shape | undefined {
  const statement = declared(name);
  if (statement === undefined) return undefined;
  return ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) ? statement : undefined;
}

/** The name of a referenced type, without its arguments; a promise counts as what it gives. */
export function referenced(type: ts.TypeNode | undefined): string | undefined {
  if (type === undefined || !ts.isTypeReferenceNode(type)) return undefined;
  const name = type.typeName.getText();
  return name === 'Promise' ? referenced(type.typeArguments?.[0]) : name;
}

/** The members of a class or interface, with those that it inherits. */
function elementsOf(shape: Shape): (ts.ClassElement | ts.TypeElement)[] {
  const inherited = 'heritageClauses' in shape ? (shape.heritageClauses ?? []) : [];
  const bases = inherited
    .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap(({ types }) => types)
    .flatMap((base) => membersBehind(base));
  return [...bases, ...shape.members];
}

function membersBehind(base: ts.ExpressionWithTypeArguments): (ts.ClassElement | ts.TypeElement)[] {
  const name = base.expression.getText();
  const [argument] = base.typeArguments ?? [];
  const isWrapped = ['Omit', 'Pick', 'Partial', 'Required', 'Readonly'].includes(name);
  const shape = shapeNamed(isWrapped ? (referenced(argument) ?? '') : name);
  return shape === undefined ? [] : elementsOf(shape);
}

function shapeOf(type: string | ts.TypeNode): Shape | undefined {
  if (typeof type === 'string') return shapeNamed(type);
  return ts.isTypeLiteralNode(type) ? type : shapeNamed(referenced(type) ?? '');
}

/** Properties of an object type. */
export function propertiesOf(type: string | ts.TypeNode): Named[] {
  const shape = shapeOf(type);
  if (shape === undefined) return [];
  return elementsOf(shape).flatMap((member) => {
    const isProperty = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
    if (!(isProperty || ts.isGetAccessor(member)) || !ts.isIdentifier(member.name)) return [];
    return [
      {
        name: member.name.text,
        type: member.type,
        isOptional: 'questionToken' in member && member.questionToken !== undefined,
      },
    ];
  });
}

/** Methods of an object type; of overloads, the first. */
export function methodsOf(type: string | ts.TypeNode): Callable[] {
  const shape = shapeOf(type);
  const methods = new Map<string, Callable>();
  for (const member of shape === undefined ? [] : elementsOf(shape)) {
    if (!(ts.isMethodSignature(member) || ts.isMethodDeclaration(member)) || !ts.isIdentifier(member.name))
      continue;
    const name = member.name.text;
    const isStatic = (member.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    if (!isStatic && !methods.has(name)) methods.set(name, callable(name, member));
  }
  return [...methods.values()];
}

/** An exported function, or the constructor of an exported class. */
export function callableNamed(name: string): Callable | undefined {
  const statement = declared(name);
  if (statement === undefined) return undefined;
  if (ts.isFunctionDeclaration(statement)) return callable(name, statement);
  if (!ts.isClassDeclaration(statement)) return undefined;
  const construct = statement.members.find((member) => ts.isConstructorDeclaration(member));
  return construct === undefined ? { name, parameters: [], result: undefined } : callable(name, construct);
}

/** The type of an exported constant. */
export function constantType(name: string): ts.TypeNode | undefined {
  const statement = declared(name);
  if (statement === undefined || !ts.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations[0]?.type;
}

function callable(name: string, { parameters, type }: ts.SignatureDeclarationBase): Callable {
  return {
    name,
    result: type,
    parameters: parameters.map((parameter) => ({
      name: ts.isIdentifier(parameter.name) ? parameter.name.text : 'options',
      type: parameter.type,
      isOptional: parameter.questionToken !== undefined || parameter.dotDotDotToken !== undefined,
    })),
  };
}
