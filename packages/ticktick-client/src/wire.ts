import {
  type HttpOperation,
  type HttpRequest,
  requestUrl,
  type Wire,
} from '@context-sdk/oauth-core/client-kit';
import type { KyInstance } from 'ky';
import { checkedId } from './input.ts';

/** Loaded with the first request: it is larger than the rest of the client. */
let loadedKy: KyInstance | undefined;

/** Sends JSON through ky. What an operation's path takes are ids, and they are checked here. */
export const kyWire: Wire<HttpOperation, HttpRequest> = async ({ operation, request, baseUrl }, fetch) => {
  const { params = {}, json } = request;
  for (const [name, id] of Object.entries(params)) if (id !== undefined) checkedId(id, name);
  const url = requestUrl(baseUrl, operation, request);
  const ky = (loadedKy ??= (await import('./ky.ts')).ky);
  const text = await ky(url, {
    method: operation.method,
    headers: { accept: 'application/json' },
    ...(operation.method !== 'GET' && json !== undefined && { json }),
    fetch,
    timeout: false,
    retry: 0,
    throwHttpErrors: false,
  }).text();
  return text === '' ? undefined : JSON.parse(text);
};
