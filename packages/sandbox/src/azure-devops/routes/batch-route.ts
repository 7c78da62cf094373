import type { ServiceRequest } from '../../http/service.ts';
import { isJsonObject, type JsonObject, type JsonValue, textOf } from '../../json.ts';
import { type ApiCall, type ApiRoute, listOf, writing } from '../api/api-call.ts';
import { readJson } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';

const MAX_REQUESTS = 200;

export const BATCH_ROUTES: readonly ApiRoute[] = [
  writing('workItem.batch', 'POST wit/$batch', batch),
  writing('workItem.batch', 'PATCH wit/$batch', batch),
];

/** Runs the requests one after the other, whether or not one fails; bodies are answered as JSON texts. */
async function batch(call: ApiCall): Promise<object> {
  const body = readJson(call.request, 'application/json');
  if (!Array.isArray(body) || body.length === 0) throw invalidValue('The batch must be a list of requests.');
  if (body.length > MAX_REQUESTS) throw invalidValue(`A batch takes up to ${MAX_REQUESTS} requests.`);
  const temporaryIds = new Map<number, number>();
  const answers: JsonObject[] = [];
  for (const item of body) {
    const response = await call.runInBatch(requestOf(call, item), temporaryIds);
    answers.push({
      code: response.status,
      headers: { 'Content-Type': response.headers.get('content-type') ?? '' },
      body: await response.text(),
    });
  }
  return listOf(answers);
}

/** `{ method, uri, headers, body }`, where the URI starts behind the organization. */
function requestOf({ organization }: ApiCall, item: JsonValue): ServiceRequest {
  if (!isJsonObject(item)) throw invalidValue('A request of a batch must be an object.');
  const { method, uri, headers, body } = item;
  if (typeof method !== 'string' || typeof uri !== 'string' || !uri.startsWith('/')) {
    throw invalidValue('A request of a batch needs a method and a uri that starts with a slash.');
  }
  const { pathname, searchParams } = new URL(uri, 'https://dev.azure.com');
  const texts = Object.entries(isJsonObject(headers) ? headers : {}).map(([name, value]) => [
    name,
    textOf(value),
  ]);
  return {
    host: 'dev.azure.com',
    method: method.toUpperCase(),
    path: `/${encodeURIComponent(organization.name)}${pathname}`,
    query: searchParams,
    headers: new Headers(Object.fromEntries(texts)),
    body: new TextEncoder().encode(JSON.stringify(body ?? null)),
  };
}
