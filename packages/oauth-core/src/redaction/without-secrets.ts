import { isObject } from '../json/json-object.ts';
import { redactor } from './redactor.ts';
import { addressSecrets, requestSecrets } from './request-secrets.ts';

type Redact = (text: string) => string;

interface SentRequest {
  url?: URL;
  headers: Record<string, string>;
  body: unknown;
}

/** Members whose values are ours, and which hosts go by: no service has a say in them. */
const OURS: ReadonlySet<string> = new Set(['code', 'limitedBy', 'name', 'reason', 'service']);

/**
 * The same object, in which nothing shows that the request carried as a secret, however the service repeats it: nor do the
 * errors that it was made of.
 */
export function withoutSecrets<T extends object>(shown: T, { url, headers, body }: SentRequest): T {
  clean(shown, redactor([...requestSecrets(headers, body), ...addressSecrets(url)]), new Set());
  return shown;
}

function clean(shown: object, redact: Redact, seen: Set<object>): void {
  if (seen.has(shown)) return;
  seen.add(shown);
  for (const name of Object.getOwnPropertyNames(shown)) {
    if (OURS.has(name)) continue;
    const value: unknown = Reflect.get(shown, name);
    const hidden = hide(value, redact, seen);
    if (hidden !== value) Object.defineProperty(shown, name, { value: hidden });
  }
}

function hide(value: unknown, redact: Redact, seen: Set<object>): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item: unknown) => hide(item, redact, seen));
  if (value instanceof Error) clean(value, redact, seen);
  if (!isObject(value) || value instanceof Error) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name), hide(member, redact, seen)]),
  );
}
