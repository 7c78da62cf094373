import { WebhookParseError } from '@context-sdk/oauth-core/errors';

/** Headers as hosts have them: `Headers`, or an object as Node makes it. Names in any case. */
export type PushHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** All values of a header, by its name in lower case. */
export function headerValues(headers: PushHeaders, name: string): string[] {
  if (headers instanceof Headers) {
    const value = headers.get(name);
    return value === null ? [] : [value];
  }
  if (typeof headers !== 'object' || headers === null) return [];
  return Object.entries(headers)
    .filter(([given]) => given.toLowerCase() === name)
    .flatMap(([, value]) => value ?? []);
}

/** The headers that Google adds, by their names in lower case. Throws for a header with two different values. */
export function googleHeaders(headers: PushHeaders): Map<string, string> {
  const found = new Map<string, string>();
  const given = headers instanceof Headers ? headers.entries() : Object.entries(headers ?? {});
  for (const [name, value] of given) {
    const key = name.toLowerCase();
    if (!key.startsWith('x-goog-')) continue;
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) {
      if ((found.get(key) ?? one) !== one) {
        throw new WebhookParseError(`The header ${name} has two values.`, {
          service: 'google-calendar',
          field: name,
        });
      }
      found.set(key, one);
    }
  }
  return found;
}
