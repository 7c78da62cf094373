import { ConfigurationError, InvalidRequestError } from '../errors/index.ts';
import type { HttpOperation, HttpRequest, PathValue } from './operation.ts';

/** Empty, `.` and `..` are no segment of a path: they would lead elsewhere. */
const NO_SEGMENT = /^\.{0,2}$/;

/**
 * A value as text. Throws {@link InvalidRequestError} naming the field for what has no text that anybody means (`NaN`, an object, text
 * that is not well-formed Unicode), and for what is `unlike` a part of its place.
 */
function textOf(value: unknown, field: string, unlike?: RegExp): string {
  const isText =
    typeof value === 'string' ? value.isWellFormed() : Number.isFinite(value) || value === !!value;
  if (isText && !unlike?.test(String(value))) return String(value);
  throw new InvalidRequestError(`${field} can't be part of a URL.`, { field });
}

/** A path whose values are escaped: path`/tasks/${id}`. Throws {@link InvalidRequestError} for a value that can't be in one. */
export function path(texts: TemplateStringsArray, ...values: readonly PathValue[]): string {
  return values.reduce<string>(
    (filled, value, index) =>
      `${filled}${encodeURIComponent(textOf(value, `Value ${index + 1}`, NO_SEGMENT))}${texts[index + 1] ?? ''}`,
    texts[0] ?? '',
  );
}

/** Fills a template such as `/tasks/{id}`. Throws {@link InvalidRequestError} naming the parameter that is missing or wrong. */
export function fillPath(template: string, params: HttpRequest['params'] = {}): string {
  const parts = template.split(/[{}]/);
  return parts
    .map((part, index) =>
      index % 2 === 1 ? encodeURIComponent(textOf(params[part] ?? '', part, NO_SEGMENT)) : part,
    )
    .join('');
}

/** The address of an operation, its parameters escaped. Throws {@link ConfigurationError} for a query parameter that its row doesn't list. */
export function requestUrl(baseUrl: string, operation: HttpOperation, request: HttpRequest): string {
  const url = `${baseUrl}${fillPath(operation.path, request.params)}`;
  if (request.query === undefined) return url;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query)) {
    if (!operation.query?.includes(name))
      throw new ConfigurationError(`${operation.path} has no query parameter ${name}.`);
    if ((value ?? null) !== null) search.set(name, textOf(value, name));
  }
  return search.size === 0 ? url : `${url}?${search.toString()}`;
}
