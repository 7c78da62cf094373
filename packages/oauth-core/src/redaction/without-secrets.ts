import { isObject } from '../json/json-object.ts';
import { redact } from './redact.ts';
import { requestSecrets } from './request-secrets.ts';

interface SentRequest {
  headers: Record<string, string>;
  body: unknown;
}

/** Members whose values are ours, and which hosts go by: no service has a say in them. */
const OURS: ReadonlySet<string> = new Set(['code', 'limitedBy', 'name', 'reason', 'service']);

/** The same error, in which nothing shows that the request carried as a secret, however the service repeats it. */
export function withoutSecrets<E extends Error>(error: E, { headers, body }: SentRequest): E {
  const secrets = requestSecrets(headers, body);
  for (const name of Object.getOwnPropertyNames(error)) {
    if (OURS.has(name)) continue;
    const value: unknown = Reflect.get(error, name);
    const shown = hidden(value, secrets);
    if (shown !== value) Object.defineProperty(error, name, { value: shown });
  }
  return error;
}

function hidden(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return redact(value, secrets);
  if (value instanceof Error) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => hidden(item, secrets));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name, secrets), hidden(member, secrets)]),
  );
}
