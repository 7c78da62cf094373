import { UnexpectedResponseError } from '@context-sdk/oauth-core';

function misfit(operation: string, field: string, wanted: string): UnexpectedResponseError {
  return new UnexpectedResponseError(`ticktick answered ${operation} without ${wanted} in ${field}.`, {
    service: 'ticktick',
    field,
  });
}

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The answer as an object in which the given members are texts: what our code relies on, and no more. */
export function expectObject<T>(
  value: unknown,
  texts: readonly (keyof T & string)[],
  operation: string,
  field = 'the answer',
): T {
  if (!isObject(value)) throw misfit(operation, field, 'an object');
  for (const name of texts) {
    const member = field === 'the answer' ? name : `${field}.${name}`;
    if (typeof value[name] !== 'string') throw misfit(operation, member, 'a text');
  }
  return value as T;
}

export function expectArray<T>(
  value: unknown,
  texts: readonly (keyof T & string)[],
  operation: string,
  field = 'the answer',
): T[] {
  if (!Array.isArray(value)) throw misfit(operation, field, 'a list');
  const prefix = field === 'the answer' ? '' : field;
  return value.map((item, index) => expectObject<T>(item, texts, operation, `${prefix}[${index}]`));
}
