import type { ServiceRequest } from '../http/service.ts';
import { isJsonObject, type JsonObject, type JsonValue, textOf } from '../json.ts';
import type { SpecOperation, SpecParameter } from './operation.ts';
import type { Schema } from './schema.ts';
import type { Spec } from './spec-check.ts';

/** Reads Swagger 2.0 documents of Azure DevOps. They cover only their areas, such as work item tracking. */
export function readSwagger(documents: readonly unknown[]): Spec {
  const all = documents.map((document) => readOperations(objectOf(document as JsonValue)));
  const covered = new Set(all.flatMap(coveredBy));
  return {
    operations: all.flat().map(({ operation }) => operation),
    covers: ({ method, path }) => {
      const [area = '', resource = ''] = behindApis(path.toLowerCase().split('/'));
      return method !== 'OPTIONS' && (covered.has(area) || covered.has(`${area}/${resource}`));
    },
  };
}

function behindApis(segments: readonly string[]): readonly string[] {
  return segments.slice(segments.indexOf('_apis') + 1);
}

/** The area of most paths as a whole; of others, only the resources that are there: `work/accountmywork`. */
function coveredBy(found: readonly FoundOperation[]): readonly string[] {
  const places = found.map(({ segments }) => behindApis(segments));
  const areas = Map.groupBy(places, ([area = '']) => area);
  const [main] = [...areas].toSorted(([, one], [, other]) => other.length - one.length).map(([area]) => area);
  return places.map(([area = '', resource = '']) => (area === main ? area : `${area}/${resource}`));
}

interface FoundOperation {
  /** Segments of the path in lower case. */
  readonly segments: readonly string[];
  readonly operation: SpecOperation;
}

/** Includes the operations under `x-ms-paths`, which differ by their query. */
function readOperations(root: JsonObject): FoundOperation[] {
  const paths = { ...objectOf(root['paths']), ...objectOf(root['x-ms-paths']) };
  return Object.entries(paths).flatMap(([path, verbs]) => {
    const [plainPath = ''] = path.split('?');
    const segments = plainPath.toLowerCase().split('/').slice(2);
    return Object.entries(objectOf(verbs)).map(([verb, described]) => ({
      segments,
      operation: readOperation(root, { verb, segments }, objectOf(described)),
    }));
  });
}

function readOperation(
  root: JsonObject,
  { verb, segments }: { verb: string; segments: readonly string[] },
  { parameters, consumes }: JsonObject,
): SpecOperation {
  const all = listOf(parameters).map((parameter) => resolve(root, objectOf(parameter)));
  const body = all.find((parameter) => parameter['in'] === 'body');
  const bodySchema = objectOf(body?.['schema']);
  const isStream = bodySchema['format'] === 'Stream';
  return {
    parameters: all.flatMap((parameter) => readParameter(root, parameter)),
    contentTypes: listOf(consumes).map(String),
    body: body && { schema: isStream ? undefined : readSchema(root, bodySchema), required: true },
    anyCase: true,
    match: (request) =>
      request.method === verb.toUpperCase() ? matchSegments(segments, segmentsOf(request)) : undefined,
  };
}

function readParameter(root: JsonObject, parameter: JsonObject): SpecParameter[] {
  const place = parameter['in'];
  if (place !== 'path' && place !== 'query') return [];
  const name = textOf(parameter['name']);
  return [
    {
      name: place === 'path' ? name.toLowerCase() : name,
      in: place,
      required: parameter['required'] === true,
      repeatable: true,
      schema: readSchema(root, parameter),
    },
  ];
}

/** `object` without properties means anything in these documents. Formats are not checked. */
function readSchema(root: JsonObject, raw: JsonObject, nullable = false): Schema {
  const resolved = resolve(root, raw);
  const array = listOf(resolved['allOf'])
    .map(objectOf)
    .find(({ type }) => type === 'array');
  if (array) return readSchema(root, array, nullable);
  const common = { nullable, lenient: true };
  if (Array.isArray(resolved['enum'])) {
    return { ...common, type: 'string', enum: resolved['enum'].map(textOf) };
  }
  switch (resolved['type']) {
    case 'array':
      return { ...common, type: 'array', items: () => readSchema(root, objectOf(resolved['items'])) };
    case 'boolean':
    case 'integer':
    case 'string':
      return { ...common, type: resolved['type'] };
    default:
      return readObjectSchema(root, resolved, nullable);
  }
}

function readObjectSchema(root: JsonObject, resolved: JsonObject, nullable: boolean): Schema {
  const others = objectOf(resolved['additionalProperties']);
  if ('type' in others) {
    return { type: 'object', nullable: false, lenient: true, property: () => readSchema(root, others) };
  }
  if (!('properties' in resolved)) return { type: 'any', nullable, lenient: true };
  const properties = Object.entries(objectOf(resolved['properties']));
  const known = new Map(properties.map(([name, property]) => [name.toLowerCase(), objectOf(property)]));
  return {
    type: 'object',
    nullable,
    lenient: true,
    property: (name) => {
      const property = known.get(name.toLowerCase());
      return property && readSchema(root, property, true);
    },
  };
}

/** The path behind the organization, in lower case. */
function segmentsOf({ host, path }: ServiceRequest): readonly string[] {
  const segments = path
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '' && segment !== 'defaultcollection');
  return host === 'dev.azure.com' ? segments.slice(1) : segments;
}

/** Project and team may be left out, though the documents require them. */
function matchSegments(
  template: readonly string[],
  segments: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const required = template.slice(template.indexOf('_apis'));
  const inPlace = segments.slice(segments.indexOf('_apis'));
  const optional = template.length - required.length;
  // A path inside a tree may be missing, or have several segments: the route of azure-devops-extension-api ends in {*path}.
  const isOpen = required.at(-1) === '{path}';
  const actual = isOpen
    ? [...inPlace.slice(0, required.length - 1), inPlace.slice(required.length - 1).join('/')]
    : inPlace;
  if (required.length !== actual.length || segments.length - inPlace.length > optional) return undefined;
  const params = new Map<string, string>();
  for (const [index, expected] of required.entries()) {
    const text = actual[index] ?? '';
    const [, prefix = '', name] = /^([^{]*)\{(.+)\}$/.exec(expected) ?? [];
    if (name === undefined) {
      if (expected !== text) return undefined;
    } else {
      const value = decodeURIComponent(text);
      if (!value.startsWith(prefix) || (prefix === '' && value.startsWith('$'))) return undefined;
      params.set(name, value.slice(prefix.length));
    }
  }
  return params;
}

/** What a local reference such as `#/definitions/Wiql` stands for; anything else stands for itself. */
function resolve(root: JsonObject, value: JsonObject): JsonObject {
  const { $ref } = value;
  if (typeof $ref !== 'string') return value;
  let found: JsonValue | undefined = root;
  for (const name of $ref.replace(/^#\//, '').split('/'))
    found = isJsonObject(found) ? found[name] : undefined;
  return objectOf(found);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
