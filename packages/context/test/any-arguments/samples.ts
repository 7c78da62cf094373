import ts from 'typescript';
import { aliasOf, isShape, type Named, propertiesOf, referenced } from './declarations.ts';
import { BY_NAME, BY_PARAMETER, BY_TYPE } from './known-samples.ts';

/** How much of a type a sample has. */
export interface Fill {
  /** Whether what is optional is there, too. */
  withOptional: boolean;
  /** Which type of a union it is of, and which of two booleans: counted from 0, and around. */
  alternative: number;
  /** Values by the name of a parameter or a member: objects whatever its type is, others for texts and numbers. */
  byName: Readonly<Record<string, unknown>>;
  /** Values by the name of a type. */
  byType: Readonly<Record<string, () => unknown>>;
}

const SMALLEST: Fill = { withOptional: false, alternative: 0, byName: BY_NAME, byType: BY_TYPE };

/** A sample for a parameter of a function. */
export function sampleFor(path: string, { name, type }: Named, fill: Fill = SMALLEST): unknown {
  const make = BY_PARAMETER[`${path}.${name}`];
  if (make === undefined) return sampleOf(type, name, fill);
  const known = make();
  if (!fill.withOptional) return known;
  const sample = sampleOf(type, name, fill);
  return isPlain(known) && isPlain(sample) ? { ...sample, ...known } : known;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const MAX_DEPTH = 5;

/** A value of this type. */
function sampleOf(type: ts.TypeNode | undefined, name: string, fill: Fill, depth = 0): unknown {
  const given = fill.byName[name];
  if (typeof given === 'object' && given !== null) return given;
  if (type === undefined || depth > MAX_DEPTH) return undefined;
  if (ts.isTypeReferenceNode(type)) return sampleOfReference(type, name, fill, depth);
  if (ts.isParenthesizedTypeNode(type)) return sampleOf(type.type, name, fill, depth);
  if (ts.isTypeOperatorNode(type)) return sampleOf(type.type, name, fill, depth);
  if (ts.isArrayTypeNode(type)) return [sampleOf(type.elementType, name, fill, depth + 1)];
  if (ts.isTupleTypeNode(type))
    return type.elements.map((element) =>
      sampleOf(ts.isNamedTupleMember(element) ? element.type : element, name, fill, depth + 1),
    );
  if (ts.isFunctionTypeNode(type)) return () => undefined;
  if (ts.isTypeLiteralNode(type)) return objectOf(type, fill, depth);
  if (ts.isMappedTypeNode(type)) return sampleOf(keysOf(type), name, fill, depth);
  if (ts.isLiteralTypeNode(type)) return literalOf(type.literal);
  if (ts.isIntersectionTypeNode(type)) return intersectionOf(type, name, fill, depth);
  if (ts.isUnionTypeNode(type)) {
    const samples = type.types.map((one) => sampleOf(one, name, fill, depth));
    const some = samples.filter((sample) => sample !== undefined && sample !== null);
    return some[fill.alternative % some.length];
  }
  return primitiveOf(type.kind, name, fill);
}

/** What a mapped type has the members of: `[K in keyof Fields]`. */
function keysOf({ typeParameter: { constraint } }: ts.MappedTypeNode): ts.TypeNode | undefined {
  return constraint !== undefined && ts.isTypeOperatorNode(constraint) ? constraint.type : undefined;
}

function intersectionOf(type: ts.IntersectionTypeNode, name: string, fill: Fill, depth: number): unknown {
  const samples = type.types.map((one) => sampleOf(one, name, fill, depth));
  return samples.every((sample) => typeof sample === 'object') ? Object.assign({}, ...samples) : samples[0];
}

function primitiveOf(kind: ts.SyntaxKind, name: string, fill: Fill): unknown {
  const known = fill.byName[name];
  if (kind === ts.SyntaxKind.StringKeyword) return typeof known === 'string' ? known : 'text';
  if (kind === ts.SyntaxKind.NumberKeyword) return typeof known === 'number' ? known : 1;
  if (kind === ts.SyntaxKind.BooleanKeyword) return fill.alternative % 2 === 0;
  if (kind === ts.SyntaxKind.UnknownKeyword) return 'text';
  return kind === ts.SyntaxKind.ObjectKeyword ? {} : undefined;
}

function literalOf(literal: ts.LiteralTypeNode['literal']): unknown {
  if (ts.isStringLiteral(literal)) return literal.text;
  if (ts.isNumericLiteral(literal)) return Number(literal.text);
  return literal.kind === ts.SyntaxKind.NullKeyword ? null : literal.kind === ts.SyntaxKind.TrueKeyword;
}

function objectOf(type: string | ts.TypeNode, fill: Fill, depth: number): Record<string, unknown> {
  const required = propertiesOf(type).filter(({ isOptional }) => fill.withOptional || !isOptional);
  return Object.fromEntries(
    required.map((member) => [member.name, sampleOf(member.type, member.name, fill, depth + 1)]),
  );
}

const WRAPPERS = new Set(['Partial', 'Readonly', 'Pick', 'Omit', 'Required', 'NonNullable', 'NoInfer']);

function sampleOfReference(type: ts.TypeReferenceNode, name: string, fill: Fill, depth: number): unknown {
  const typeName = type.typeName.getText();
  const [argument] = type.typeArguments ?? [];
  if (typeName === 'Instant' || typeName === 'HabitStamp') return fill.byName[name] ?? '2027-03-01T00:00:00Z';
  const known = fill.byType[typeName];
  if (known !== undefined) return known();
  if (WRAPPERS.has(typeName)) return withKeys(type, sampleOf(argument, name, fill, depth));
  if (typeName === 'Promise') return Promise.resolve(sampleOf(argument, name, fill, depth + 1));
  if (typeName === 'Record') return { text: sampleOf(type.typeArguments?.[1], name, fill, depth + 1) };
  if (typeName === 'Array' || typeName === 'ReadonlyArray')
    return [sampleOf(argument, name, fill, depth + 1)];
  const alias = aliasOf(typeName);
  if (alias !== undefined) return sampleOf(alias, name, fill, depth);
  return isShape(typeName) ? objectOf(typeName, fill, depth) : undefined;
}

/** `Pick` and `Omit`: the members that they name, or all others. */
function withKeys({ typeName, typeArguments }: ts.TypeReferenceNode, sample: unknown): unknown {
  const kind = typeName.getText();
  const keys = typeArguments?.[1];
  if ((kind !== 'Pick' && kind !== 'Omit') || keys === undefined || !isPlain(sample)) return sample;
  const named = new Set(
    (ts.isUnionTypeNode(keys) ? keys.types : [keys]).map((key) => key.getText().slice(1, -1)),
  );
  return Object.fromEntries(Object.entries(sample).filter(([name]) => named.has(name) === (kind === 'Pick')));
}

/** The members that an argument may have, behind aliases and wrappers. */
export function membersOf(type: ts.TypeNode | undefined): ReturnType<typeof propertiesOf> {
  if (type === undefined) return [];
  if (ts.isTypeLiteralNode(type)) return propertiesOf(type);
  if (ts.isIntersectionTypeNode(type) || ts.isUnionTypeNode(type)) return type.types.flatMap(membersOf);
  if (ts.isParenthesizedTypeNode(type)) return membersOf(type.type);
  const name = referenced(type);
  if (name === undefined || !ts.isTypeReferenceNode(type)) return [];
  if (WRAPPERS.has(name)) return membersOf(type.typeArguments?.[0]);
  const alias = aliasOf(name);
  return alias === undefined ? propertiesOf(name) : membersOf(alias);
}
