import { isJsonObject, type JsonValue, textOf } from '../../json.ts';
import { invalidValue, patchFailed } from '../failures.ts';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'] as const;

/** One step of a JSON Patch document. */
export interface PatchOperation {
  readonly op: (typeof OPERATIONS)[number];
  readonly path: string;
  readonly value: JsonValue;
}

/** Reads a document; operations come by name in any case, or by number as azure-devops-node-api sends them. */
export function readPatch(body: JsonValue): readonly PatchOperation[] {
  if (!Array.isArray(body) || body.length === 0) {
    throw invalidValue('You must pass a valid patch document in the body of the request.');
  }
  return body.map((item) => {
    if (!isJsonObject(item))
      throw invalidValue('You must pass a valid patch document in the body of the request.');
    const { path } = item;
    if (typeof path !== 'string' || !path.startsWith('/')) {
      throw patchFailed('The path of a patch operation must be a text that starts with a slash.');
    }
    return { op: readOperation(item['op']), path, value: item['value'] ?? null };
  });
}

function readOperation(value: JsonValue | undefined): PatchOperation['op'] {
  const op =
    typeof value === 'number'
      ? OPERATIONS[value]
      : OPERATIONS.find((name) => name === textOf(value).toLowerCase());
  if (!op) throw patchFailed(`The patch operation '${textOf(value)}' is not known.`);
  return op;
}

/** Ids that a batch gave to items of its own, by the negative id that stands for them. */
export type TemporaryIds = ReadonlyMap<number, number>;
