import { isObject, tellListener } from '@context-sdk/oauth-core/client-kit';

/** Numbers of a response beyond 2^53, of which JavaScript keeps only the leading digits. */
export interface UnsafeNumbers {
  /** The client's method. */
  operation: string;
  /** Where they are: `[3].userId`. */
  fields: string[];
}

/** The places below `at` of numbers that aren't exact. */
export function unsafeFields(value: unknown, at: string): string[] {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? [at] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => unsafeFields(item, `${at}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => unsafeFields(member, at ? `${at}.${name}` : name));
}

/** Reports the numbers of a parsed response that aren't exact, and returns the response as it is. */
export function reportUnsafe(
  value: unknown,
  operation: string,
  report: (numbers: UnsafeNumbers) => void,
): unknown {
  const fields = unsafeFields(value, '');
  if (fields.length > 0) tellListener(report, { operation, fields });
  return value;
}
