import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { GoogleFailure } from './failures.ts';

/** The parts of a resource that a mask names; an empty tree stands for a whole part. */
export interface MaskTree {
  readonly [name: string]: MaskTree;
}

/**
 * What the query parameter `fields` leaves of a response: `items(id,start/date),nextPageToken`. Throws a 400 for a text
 * that is not a mask. https://developers.google.com/workspace/calendar/api/guides/performance#partial-response
 */
export function partialResponse(value: unknown, fields: string | null): unknown {
  if (fields === null || fields === '') return value;
  return select(value as JsonValue, parseMask(fields));
}

function select(value: JsonValue, mask: MaskTree): JsonValue {
  const names = Object.keys(mask);
  if (names.length === 0) return value;
  if (Array.isArray(value)) return value.map((item) => select(item, mask));
  if (!isJsonObject(value)) return value;
  const selected: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const below = mask[name] ?? mask['*'];
    if (below !== undefined) selected[name] = select(member, below);
  }
  return selected;
}

/** Reads a mask by the grammar of Google's guide: names, `/` for a member, `(…)` for several, `*` for all. */
export function parseMask(fields: string): MaskTree {
  const tokens = fields.match(/[\w*-]+|[/,()]|\S/g) ?? [];
  let at = 0;

  const list = (): MaskTree => {
    const tree: Record<string, MaskTree> = {};
    do mergeInto(tree, path());
    while (tokens[at] === ',' && (at += 1) > 0);
    return tree;
  };
  const path = (): MaskTree => {
    const name = tokens[at] ?? '';
    if (!/^[\w*-]+$/.test(name)) throw invalidSelection(fields);
    at += 1;
    if (tokens[at] === '/') {
      at += 1;
      return { [name]: path() };
    }
    if (tokens[at] !== '(') return { [name]: {} };
    at += 1;
    const below = list();
    if (tokens[at] !== ')') throw invalidSelection(fields);
    at += 1;
    return { [name]: below };
  };

  const tree = list();
  if (at < tokens.length) throw invalidSelection(fields);
  return tree;
}

/** The union of two masks: a whole part stays whole. */
function mergeInto(tree: Record<string, MaskTree>, other: MaskTree): void {
  for (const [name, below] of Object.entries(other)) {
    const known = tree[name];
    const isWhole = [known, below].some((one) => one !== undefined && Object.keys(one).length === 0);
    if (isWhole || known === undefined) tree[name] = isWhole ? {} : below;
    else {
      const joined = { ...known };
      mergeInto(joined, below);
      tree[name] = joined;
    }
  }
}

export function invalidSelection(fields: string): GoogleFailure {
  return new GoogleFailure(400, 'invalidParameter', `Invalid field selection ${fields}`, {
    parameter: 'fields',
  });
}
