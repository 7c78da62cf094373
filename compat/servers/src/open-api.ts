/** What is read of a discovery document (https://developers.google.com/discovery/v1/reference/apis). */
export interface Discovery {
  id: string;
  version: string;
  servicePath: string;
  parameters: Record<string, DiscoverySchema>;
  schemas: Record<string, DiscoverySchema>;
  resources: Record<string, Resource>;
}

interface Resource {
  methods?: Record<string, Method>;
  resources?: Record<string, Resource>;
}

interface Method {
  id: string;
  path: string;
  flatPath?: string;
  httpMethod: string;
  parameters?: Record<string, DiscoverySchema>;
  request?: DiscoverySchema;
  response?: DiscoverySchema;
  mediaUpload?: { protocols: Record<string, { path: string }> };
}

interface DiscoverySchema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: readonly string[];
  pattern?: string;
  items?: DiscoverySchema;
  properties?: Record<string, DiscoverySchema>;
  additionalProperties?: DiscoverySchema;
  location?: string;
  required?: boolean;
  repeated?: boolean;
  minimum?: string;
  maximum?: string;
}

type Schema = Record<string, unknown>;

/** The formats that OpenAPI has, too; Google's others say how a number is written as text. */
const FORMATS = new Set(['int32', 'date', 'date-time', 'double', 'float']);

/** Nothing but what the document names may be there. */
function schemaOf(given: DiscoverySchema): Schema {
  if (given.$ref !== undefined) return { $ref: `#/components/schemas/${given.$ref}` };
  const { type, format = '', properties, additionalProperties, items, pattern } = given;
  if (type === 'any' || type === undefined) return {};
  return {
    type,
    ...(FORMATS.has(format) && { format }),
    ...(given.enum && { enum: given.enum }),
    ...(pattern !== undefined && { pattern }),
    ...(given.minimum !== undefined && type !== 'string' && { minimum: Number(given.minimum) }),
    ...(given.maximum !== undefined && type !== 'string' && { maximum: Number(given.maximum) }),
    ...(items && { items: schemaOf(items) }),
    ...(type === 'object' && {
      properties: mapped(properties ?? {}, schemaOf),
      additionalProperties: additionalProperties ? schemaOf(additionalProperties) : false,
    }),
  };
}

function mapped<In, Out>(record: Record<string, In>, change: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function parameterOf([name, given]: [string, DiscoverySchema]): Schema {
  const schema = schemaOf({ ...given, repeated: false });
  const isInPath = given.location === 'path';
  return {
    name,
    in: isInPath ? 'path' : 'query',
    required: isInPath || given.required === true,
    schema: given.repeated ? { type: 'array', items: schema } : schema,
    ...(!isInPath && { style: 'form', explode: true }),
  };
}

function methodsOf({ methods = {}, resources = {} }: Resource): Method[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

const ANYTHING = { content: { '*/*': {} } };

/** The method at each of its addresses: its own, and those that take a file. */
function operationsOf(method: Method, document: Discovery): { path: string; operation: Schema }[] {
  const { id, request, response, mediaUpload, parameters = {} } = method;
  const common = {
    operationId: id,
    parameters: [...Object.entries(parameters), ...Object.entries(document.parameters)].map(parameterOf),
    responses: {
      '2XX': response
        ? { description: id, content: { 'application/json': { schema: schemaOf(response) } } }
        : { description: id },
      default: { description: 'an error', ...ANYTHING },
    },
  };
  const json = request && { required: true, content: { 'application/json': { schema: schemaOf(request) } } };
  const own = {
    path: `/${document.servicePath}${method.flatPath ?? method.path}`,
    operation: { ...common, requestBody: json },
  };
  const uploads = Object.entries(mediaUpload?.protocols ?? {}).map(([protocol, { path }]) => ({
    path,
    operation: {
      ...common,
      operationId: `${id}.${protocol}`,
      parameters: [
        ...common.parameters,
        parameterOf(['uploadType', { type: 'string', location: 'query', required: true }]),
      ],
      requestBody: ANYTHING,
      // An upload in parts begins with an empty answer.
      responses: { default: { description: id, ...ANYTHING } },
    },
  }));
  return [own, ...uploads];
}

/** Google's discovery document as OpenAPI 3, in which bodies have no member that it doesn't name. */
export function openApiOf(document: Discovery): object {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const method of methodsOf(document)) {
    for (const { path, operation } of operationsOf(method, document)) {
      paths[path] = { ...paths[path], [method.httpMethod.toLowerCase()]: operation };
    }
  }
  return {
    openapi: '3.0.3',
    info: { title: document.id, version: document.version },
    paths,
    components: { schemas: mapped(document.schemas, schemaOf) },
  };
}
