import { createRouter } from '../http/router.ts';
import type { SpecOperation, SpecParameter } from './operation.ts';
import type { Schema } from './schema.ts';
import type { Spec } from './spec-check.ts';

/** The parts of a Google discovery document that requests are checked against. */
export interface DiscoveryDocument {
  /** `https://www.googleapis.com/`. */
  readonly rootUrl: string;
  /** `calendar/v3/`. */
  readonly servicePath: string;
  /** Parameters of every method. */
  readonly parameters?: Readonly<Record<string, DiscoveryParameter>>;
  readonly schemas: Readonly<Record<string, DiscoverySchema>>;
  readonly resources: Readonly<Record<string, DiscoveryResource>>;
}

interface DiscoveryResource {
  readonly methods?: Readonly<Record<string, DiscoveryMethod>>;
  readonly resources?: Readonly<Record<string, DiscoveryResource>>;
}

export interface DiscoveryMethod {
  readonly id: string;
  readonly httpMethod: string;
  /** Below the service path. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, DiscoveryParameter>>;
  readonly request?: { readonly $ref: string };
  readonly scopes?: readonly string[];
  readonly mediaUpload?: { readonly protocols: Readonly<Record<string, { readonly path: string }>> };
}

interface DiscoverySchema {
  readonly $ref?: string;
  readonly type?: Schema['type'];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: DiscoverySchema;
  readonly properties?: Readonly<Record<string, DiscoverySchema>>;
  readonly additionalProperties?: DiscoverySchema;
}

interface DiscoveryParameter extends DiscoverySchema {
  readonly location: 'path' | 'query';
  readonly required?: boolean;
  readonly repeated?: boolean;
  readonly minimum?: string;
  readonly maximum?: string;
}

/** Reads Google's discovery documents, which cover their hosts. */
export function readDiscovery(documents: readonly unknown[]): Spec {
  const known = documents.map(asDocument);
  const hosts = new Set(known.map(({ rootUrl }) => new URL(rootUrl).host));
  return { operations: known.flatMap(operationsOf), covers: ({ host }) => hosts.has(host) };
}

/** Throws a TypeError if the value is not a discovery document. */
export function asDocument(value: unknown): DiscoveryDocument {
  const fields = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (!['rootUrl', 'servicePath', 'schemas', 'resources'].every((name) => fields.includes(name))) {
    throw new TypeError(
      'Not a Google discovery document: rootUrl, servicePath, schemas or resources is missing',
    );
  }
  return value as DiscoveryDocument;
}

/** Every method, including those of nested resources. */
export function methodsOf({ resources }: Pick<DiscoveryResource, 'resources'>): DiscoveryMethod[] {
  return Object.values(resources ?? {}).flatMap((resource) => [
    ...Object.values(resource.methods ?? {}),
    ...methodsOf(resource),
  ]);
}

/** A schema of a document. */
export function readSchema(schema: DiscoverySchema, { schemas }: Pick<DiscoveryDocument, 'schemas'>): Schema {
  const found = schema.$ref === undefined ? schema : schemas[schema.$ref];
  if (!found) throw new TypeError(`The discovery document has no schema ${schema.$ref}`);
  const { type = 'any', format, enum: words, items, properties, additionalProperties } = found;
  return {
    type,
    nullable: true,
    lenient: false,
    format,
    enum: words,
    ...(items && { items: () => readSchema(items, { schemas }) }),
    property: (name) => {
      const property = properties?.[name] ?? additionalProperties;
      return property && readSchema(property, { schemas });
    },
  };
}

/** A method takes JSON at its path; at an upload path it takes media. */
function operationsOf(document: DiscoveryDocument): SpecOperation[] {
  const { host } = new URL(document.rootUrl);
  return methodsOf(document).flatMap((method) => {
    const { path, request, mediaUpload } = method;
    const body = request && { schema: readSchema(request, document), required: false };
    const plain = operationAt(`/${host}/${document.servicePath}${path}`, body, method, document);
    const uploads = Object.values(mediaUpload?.protocols ?? {}).map((protocol) =>
      operationAt(`/${host}${protocol.path}`, { schema: undefined, required: false }, method, document),
    );
    return [plain, ...uploads];
  });
}

function operationAt(
  path: string,
  body: SpecOperation['body'],
  { id, httpMethod, parameters }: DiscoveryMethod,
  document: DiscoveryDocument,
): SpecOperation {
  const find = createRouter([{ operation: id, method: httpMethod, path }]);
  const all = Object.entries({ ...document.parameters, ...parameters });
  return {
    parameters: all.map(([name, parameter]) => readParameter(name, parameter)),
    contentTypes: [],
    body,
    anyCase: false,
    match: (request) => find(request.method, `/${request.host}${request.path}`)?.params,
  };
}

function readParameter(name: string, parameter: DiscoveryParameter): SpecParameter {
  const { location, required = false, repeated = false, minimum, maximum } = parameter;
  return {
    name,
    in: location,
    required,
    repeatable: repeated,
    schema: readSchema(parameter, { schemas: {} }),
    minimum: minimum === undefined ? undefined : Number(minimum),
    maximum: maximum === undefined ? undefined : Number(maximum),
  };
}
