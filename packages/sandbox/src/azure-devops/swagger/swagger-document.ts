import { textOf } from '../text-of.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';

/** A parameter of an operation. */
export interface SwaggerParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: JsonObject;
}

/** One operation of a Swagger 2.0 document. */
export interface SwaggerOperation {
  readonly method: string;
  /** Segments in lower case; `{project}` and `{team}` may be left out. */
  readonly segments: readonly string[];
  readonly parameters: readonly SwaggerParameter[];
  readonly consumes: readonly string[];
  readonly definitions: JsonObject;
}

/** The operations of a document, those under `x-ms-paths` (which differ by their query) included. */
export function readOperations(document: JsonValue): readonly SwaggerOperation[] {
  const root = objectOf(document);
  const paths = { ...objectOf(root['paths']), ...objectOf(root['x-ms-paths']) };
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(objectOf(verbs)).map(([method, operation]) =>
      readOperation(root, path, method, objectOf(operation)),
    ),
  );
}

/** What a local reference such as `#/definitions/Wiql` stands for; anything else stands for itself. */
export function resolve(root: JsonObject, value: JsonObject): JsonObject {
  const { $ref } = value;
  if (typeof $ref !== 'string') return value;
  let found: JsonValue | undefined = root;
  for (const name of $ref.replace(/^#\//, '').split('/'))
    found = isJsonObject(found) ? found[name] : undefined;
  return objectOf(found);
}

export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function readOperation(
  root: JsonObject,
  path: string,
  method: string,
  operation: JsonObject,
): SwaggerOperation {
  const parameters = Array.isArray(operation['parameters']) ? operation['parameters'] : [];
  const [plainPath = ''] = path.split('?');
  return {
    method: method.toUpperCase(),
    segments: plainPath
      .split('/')
      .slice(2)
      .map((segment) => segment.toLowerCase()),
    parameters: parameters.map((parameter) => readParameter(resolve(root, objectOf(parameter)))),
    consumes: Array.isArray(operation['consumes']) ? operation['consumes'].map(String) : [],
    definitions: { definitions: root['definitions'] ?? {} },
  };
}

function readParameter(parameter: JsonObject): SwaggerParameter {
  return {
    name: textOf(parameter['name']),
    in: textOf(parameter['in']),
    required: parameter['required'] === true,
    schema: 'schema' in parameter ? objectOf(parameter['schema']) : parameter,
  };
}
