import { bodyText } from '../../http/service.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../json.ts';
import { invalid, notFound, parseError } from './failures.ts';
import type { GoogleCall } from './method.ts';

/** A parameter of the path. */
export function pathParam({ params }: GoogleCall, name: string): string {
  const value = params.get(name);
  if (value === undefined) throw notFound();
  return value;
}

/** The body as a JSON object; no body at all reads as an empty one. */
export function readBody({ request }: GoogleCall): JsonObject {
  const text = bodyText(request);
  if (text === '') return {};
  const isJson = request.headers.get('content-type')?.toLowerCase().startsWith('application/json');
  const body = isJson ? parseJson(text) : undefined;
  if (!isJsonObject(body)) throw parseError();
  return body;
}

/** A query parameter; `""` is a value. */
export function queryParam({ request }: GoogleCall, name: string): string | undefined {
  return request.query.get(name) ?? undefined;
}

/** A repeatable query parameter's values. */
export function queryParams({ request }: GoogleCall, name: string): string[] {
  return request.query.getAll(name);
}

/** `true` or `false`; false if it is absent. */
export function queryFlag(call: GoogleCall, name: string): boolean {
  const value = queryParam(call, name);
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalid(`Invalid boolean value: '${value}'.`, name);
}

/** A whole number of at least `minimum`. */
export function queryInteger(call: GoogleCall, name: string, minimum = 1): number | undefined {
  const value = queryParam(call, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < minimum) throw invalid(`Invalid integer value: '${value}'.`, name);
  return number;
}

/** One of some words. */
export function queryChoice<T extends string>(
  call: GoogleCall,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = queryParam(call, name);
  if (value === undefined) return undefined;
  const choice = choices.find((one) => one === value);
  if (choice === undefined)
    throw invalid(`Invalid value '${value}'. Values must be within: [${choices.join(', ')}]`, name);
  return choice;
}
