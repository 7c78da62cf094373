import { ConfigurationError, InvalidRequestError } from '../errors/index.ts';
import type { HttpOperation, HttpRequest, PathValue } from './operation.ts';

/** A value as text. Throws {@link InvalidRequestError} naming the field for what has none that anybody means: `NaN`, an object. */
function textOf(value: unknown, field: string, place: string): string {
  const isText =
    typeof value === 'string' ? value.isWellFormed() : Number.isFinite(value) || value === !!value;
  if (!isText) throw new InvalidRequestError(`${field} can't be part of a ${place}.`, { field });
  return String(value);
}

/**
 * One value of a path, escaped so that it stays one segment. Throws {@link InvalidRequestError} naming the field for a
 * value that would lead elsewhere: empty, `.`, `..`, or text that is not well-formed Unicode.
 */
function segment(value: PathValue, field: string): string {
  const text = textOf(value, field, 'path');
  if (/^\.{0,2}$/.test(text)) throw new InvalidRequestError(`${field} can't be part of a path.`, { field });
  return encodeURIComponent(text);
}

/** A path whose values are escaped: path`/tasks/${id}`. Throws {@link InvalidRequestError} for a value that can't be in one. */
export function path(texts: TemplateStringsArray, ...values: readonly PathValue[]): string {
  return values.reduce<string>(
    (filled, value, index) => `${filled}${segment(value, `Value ${index + 1}`)}${texts[index + 1] ?? ''}`,
    texts[0] ?? '',
  );
}

/** Fills a template such as `/tasks/{id}`. Throws {@link InvalidRequestError} naming the parameter that is missing or wrong. */
export function fillPath(template: string, params: HttpRequest['params'] = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(params[name] ?? '', name));
}

/** The address of an operation, its parameters escaped. Throws {@link ConfigurationError} for a query parameter that its row doesn't list. */
export function requestUrl(baseUrl: string, operation: HttpOperation, request: HttpRequest): URL {
  const url = new URL(`${baseUrl}${fillPath(operation.path, request.params)}`);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (!operation.query?.includes(name))
      throw new ConfigurationError(`${operation.path} has no query parameter ${name}.`);
    if ((value ?? undefined) !== undefined) url.searchParams.set(name, textOf(value, name, 'query'));
  }
  return url;
}
