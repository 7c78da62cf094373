import { bodyText, type ServiceRequest } from '../http/service.ts';
import { parseJson } from '../json.ts';
import { checkText, checkValue, type Schema } from './schema.ts';

/** A parameter of an operation. */
export interface SpecParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly repeatable: boolean;
  readonly schema: Schema;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
}

/** An operation of a document. */
export interface SpecOperation {
  readonly parameters: readonly SpecParameter[];
  /** Content types that it takes; empty: any. */
  readonly contentTypes: readonly string[];
  /** Undefined if it takes none; the schema `undefined` stands for anything, such as a file. */
  readonly body: { readonly schema: Schema | undefined; readonly required: boolean } | undefined;
  /** Whether parameters are found by their names in any case. */
  readonly anyCase: boolean;
  /** The parameters of the path if the request is for this operation. */
  match(request: ServiceRequest): ReadonlyMap<string, string> | undefined;
}

/** What is wrong with a request by one operation, in words. */
export function checkOperation(
  request: ServiceRequest,
  operation: SpecOperation,
  pathParams: ReadonlyMap<string, string>,
): readonly string[] {
  return [
    ...checkPath(operation, pathParams),
    ...checkQuery(request, operation),
    ...checkContentType(request, operation),
    ...checkBody(request, operation),
  ];
}

function checkPath({ parameters }: SpecOperation, values: ReadonlyMap<string, string>): readonly string[] {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap(({ name, schema }) => {
      const value = values.get(name);
      return value === undefined ? [] : checkText(schema, value, `path ${name}`);
    });
}

function checkQuery({ query, headers }: ServiceRequest, operation: SpecOperation): readonly string[] {
  const known = operation.parameters.filter((parameter) => parameter.in === 'query');
  // Azure DevOps also takes the version as `accept: application/json; api-version=7.1`.
  const isVersionInHeader = /api-version=/i.test(headers.get('accept') ?? '');
  const missing = known
    .filter(({ required, name }) => required && !query.has(name))
    .filter(({ name }) => !(name === 'api-version' && isVersionInHeader))
    .map(({ name }) => `query ${name} is missing`);
  const normalize = (name: string): string => (operation.anyCase ? name.toLowerCase() : name);
  const wrong = [...new Set(query.keys())].flatMap((name) => {
    const parameter = known.find((candidate) => normalize(candidate.name) === normalize(name));
    return parameter ? checkQueryValues(parameter, query.getAll(name)) : [`query ${name} is not known`];
  });
  return [...missing, ...wrong];
}

function checkQueryValues(parameter: SpecParameter, values: readonly string[]): readonly string[] {
  const {
    name,
    schema,
    repeatable,
    minimum = Number.NEGATIVE_INFINITY,
    maximum = Number.POSITIVE_INFINITY,
  } = parameter;
  if (values.length > 1 && !repeatable) return [`query ${name} must not be repeated`];
  const isInRange = (value: string): boolean => !(Number(value) < minimum) && !(Number(value) > maximum);
  return values.flatMap((value) => [
    ...checkText(schema, value, `query ${name}`),
    ...(isInRange(value) ? [] : [`query ${name} is out of range`]),
  ]);
}

function checkContentType({ headers }: ServiceRequest, { contentTypes }: SpecOperation): readonly string[] {
  if (contentTypes.length === 0) return [];
  const sent = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'none';
  return contentTypes.includes(sent) ? [] : [`the content type is ${sent}, not ${contentTypes.join(' or ')}`];
}

function checkBody(request: ServiceRequest, { body }: SpecOperation): readonly string[] {
  const isEmpty = request.body.length === 0;
  if (!body) return isEmpty ? [] : ['there is a body where none is known'];
  if (!body.schema || (isEmpty && !body.required)) return [];
  const value = parseJson(bodyText(request));
  return value === undefined ? ['the body is not JSON'] : checkValue(body.schema, value, 'body');
}
