const ODD = [undefined, null, '', 7, true, 'text', [], [null], {}];

/** Every copy of a payload in which one field, at any depth, is absent, null, empty, of another type, or one of `more`. */
export function* damaged(
  payload: unknown,
  more: readonly unknown[] = [],
): Generator<{ where: string; value: unknown }> {
  for (const path of pathsOf(payload)) {
    for (const odd of [...ODD, ...more]) {
      const value = JSON.parse(JSON.stringify(payload)) as Record<string, unknown>;
      let parent: Record<string, unknown> = value;
      for (const name of path.slice(0, -1)) parent = parent[name] as Record<string, unknown>;
      parent[path.at(-1) ?? ''] = odd;
      yield { where: `${path.join('.')}: ${JSON.stringify(odd)}`, value: JSON.parse(JSON.stringify(value)) };
    }
  }
}

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([name, child]) => pathsOf(child, [...path, name]))];
}
