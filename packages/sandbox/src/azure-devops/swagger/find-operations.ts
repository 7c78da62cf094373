import type { ServiceRequest } from '../../http/service.ts';
import type { SwaggerOperation } from './swagger-document.ts';

/** An operation that a request fits, with its path parameters. */
export interface FoundOperation {
  readonly operation: SwaggerOperation;
  readonly params: Readonly<Record<string, string>>;
}

/** Every operation for a method and a path: several where they differ by their query. */
export function findOperations(
  operations: readonly SwaggerOperation[],
  { host, method, path }: ServiceRequest,
): readonly FoundOperation[] {
  const segments = pathSegments(host, path);
  return operations
    .filter((operation) => operation.method === method)
    .map((operation) => ({ operation, params: matchSegments(operation.segments, segments) }))
    .filter((found): found is FoundOperation => found.params !== undefined);
}

/** The path behind the organisation, in lower case. */
function pathSegments(host: string, path: string): readonly string[] {
  const segments = path
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '' && segment !== 'defaultcollection');
  return host === 'dev.azure.com' ? segments.slice(1) : segments;
}

/** The documents also require project and team where the service does not (docs/facts/azure-devops.md#routes-and-versions). */
function matchSegments(
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const required = template.slice(template.indexOf('_apis'));
  const actual = segments.slice(segments.indexOf('_apis'));
  const optional = template.length - required.length;
  if (required.length !== actual.length || segments.length - actual.length > optional) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of required.entries()) {
    const text = actual[index] ?? '';
    const [, prefix = '', name] = /^([^{]*)\{(.+)\}$/.exec(expected) ?? [];
    if (name === undefined) {
      if (expected !== text) return undefined;
    } else {
      const value = decodeURIComponent(text);
      if (!value.startsWith(prefix) || (prefix === '' && value.startsWith('$'))) return undefined;
      params[name] = value.slice(prefix.length);
    }
  }
  return params;
}
