import { InvalidRequestError } from '@context-sdk/oauth-core';

/** An id that may stand in a path. TickTick's are 24 hexadecimal digits, `inbox`, or `inbox` and a number. */
export function checkedId(id: unknown, field: string): string {
  if (typeof id === 'string' && /^[\w-]{1,128}$/.test(id)) return id;
  throw new InvalidRequestError(`${field} is not an id of TickTick: letters, digits, "_" and "-" only.`, {
    service: 'ticktick',
    field,
  });
}
