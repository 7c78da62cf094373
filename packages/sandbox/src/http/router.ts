/**
 * A method and a path template such as `/open/v1/task/{taskId}`, under the operation's name. `{*path}` at the end takes the
 * rest, however many segments that has.
 */
export interface RouteTemplate {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
}

export interface RouteMatch<T extends RouteTemplate> {
  readonly route: T;
  readonly params: ReadonlyMap<string, string>;
}

export type Router<T extends RouteTemplate> = (method: string, path: string) => RouteMatch<T> | undefined;

/** Finds the route of a request; where several fit, the first one wins. */
export function createRouter<T extends RouteTemplate>(routes: readonly T[]): Router<T> {
  const buckets = new Map<string, { route: T; segments: string[] }[]>();
  const withRest: { route: T; segments: string[] }[] = [];
  for (const route of routes) {
    const segments = route.path.split('/');
    if (segments.at(-1)?.startsWith('{*')) withRest.push({ route, segments });
    const key = bucketOf(route.method, segments);
    const bucket = buckets.get(key) ?? [];
    bucket.push({ route, segments });
    buckets.set(key, bucket);
  }
  return (method, path) => {
    const segments = path.split('/');
    for (const { route, segments: template } of buckets.get(bucketOf(method, segments)) ?? []) {
      const params = matchSegments(template, segments);
      if (params) return { route, params };
    }
    return findByRest(withRest, method, segments);
  };
}

function findByRest<T extends RouteTemplate>(
  routes: readonly { route: T; segments: string[] }[],
  method: string,
  segments: readonly string[],
): RouteMatch<T> | undefined {
  for (const { route, segments: template } of routes) {
    if (route.method !== method || segments.length < template.length) continue;
    const own = segments.slice(0, template.length - 1);
    const params = matchSegments(template.slice(0, -1), own);
    const [, name = ''] = /^\{\*(\w+)\}$/.exec(template.at(-1) ?? '') ?? [];
    const rest = segments.slice(own.length).map(decode).join('/');
    if (params) return { route, params: new Map([...params, [name, rest]]) };
  }
  return undefined;
}

function bucketOf(method: string, segments: readonly string[]): string {
  return `${method} ${segments.length}`;
}

function matchSegments(
  template: readonly string[],
  segments: readonly string[],
): Map<string, string> | undefined {
  const params = new Map<string, string>();
  for (const [index, expected] of template.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith('{*')) return undefined;
    if (expected.startsWith('{')) params.set(expected.slice(1, -1), decode(actual));
    else if (expected !== actual) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
