import {
  type HttpOperation,
  type HttpRequest,
  requestUrl,
  type Wire,
} from '@context-sdk/oauth-core/client-kit';
import type { KyInstance } from 'ky';
import type * as ExactNumbers from './exact-numbers.ts';
import { checkedId } from './input.ts';

/** Loaded with the first request: it is larger than the rest of the client. */
let loadedKy: KyInstance | undefined;

/** A number of so many digits may be beyond 2^53. */
const LONG_NUMBER = /[[:,]\s*-?\d{16}/;
/** Loaded with the first of them, which are rare. */
let exact: typeof ExactNumbers | undefined;

/** TickTick writes `null` for what it leaves out elsewhere: docs/facts/ticktick.md, Fields. */
function withoutNulls(this: unknown, name: string, value: unknown): unknown {
  return value === null && name !== '' && !Array.isArray(this) ? undefined : value;
}

/** Sends JSON through ky. What an operation's path takes are ids, and they are checked here. */
export const kyWire: Wire<HttpOperation, HttpRequest> = async (
  { name, operation, request, baseUrl },
  fetch,
) => {
  const { params = {}, json } = request;
  for (const [param, id] of Object.entries(params)) if (id !== undefined) checkedId(id, param);
  const url = requestUrl(baseUrl, operation, request);
  const ky = (loadedKy ??= (await import('./ky.ts')).ky);
  const text = await ky(url, {
    method: operation.method,
    headers: { accept: 'application/json' },
    ...(operation.method !== 'GET' && json !== undefined && { json }),
    ...(exact !== undefined && { stringifyJson: exact.stringifyExactly }),
    fetch,
    timeout: false,
    retry: 0,
    throwHttpErrors: false,
  }).text();
  if (text === '') return undefined;
  // The members of a batch's receipt are ids.
  const mayHaveNulls = text.includes('null') && !name.endsWith('Many');
  const reviver = mayHaveNulls ? withoutNulls : undefined;
  if (!LONG_NUMBER.test(text)) return JSON.parse(text, reviver);
  exact ??= await import('./exact-numbers.ts');
  return exact.parseExactly(text, reviver);
};
