import { checkValue } from './check-value.ts';
import type { DiscoveryParameter } from './document.ts';

/** What is wrong with a query, in words. */
export function checkParameters(
  query: URLSearchParams,
  parameters: Readonly<Record<string, DiscoveryParameter>>,
): string[] {
  const names = new Set(query.keys());
  const missing = Object.entries(parameters)
    .filter(([name, { location, required }]) => location === 'query' && required === true && !names.has(name))
    .map(([name]) => `The parameter ${name} is missing.`);
  return [
    ...missing,
    ...[...names].flatMap((name) => checkParameter(name, query.getAll(name), parameters[name])),
  ];
}

function checkParameter(
  name: string,
  values: readonly string[],
  parameter: DiscoveryParameter | undefined,
): string[] {
  if (parameter?.location !== 'query') return [`The parameter ${name} is unknown.`];
  if (values.length > 1 && parameter.repeated !== true) return [`The parameter ${name} stands there twice.`];
  return values.flatMap((value) => [
    ...checkValue(typed(value, parameter.type), parameter, {}, `The parameter ${name}`),
    ...checkBounds(name, value, parameter),
  ]);
}

/** A query has only text: `true` and `12` become what they say. */
function typed(value: string, type: string | undefined): unknown {
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return type === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value;
}

function checkBounds(name: string, value: string, { minimum, maximum }: DiscoveryParameter): string[] {
  const tooSmall = minimum !== undefined && Number(value) < Number(minimum);
  const tooBig = maximum !== undefined && Number(value) > Number(maximum);
  return tooSmall || tooBig ? [`The parameter ${name} is out of range.`] : [];
}
