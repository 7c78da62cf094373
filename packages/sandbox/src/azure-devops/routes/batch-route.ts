import type { ServiceRequest } from '../../http/service.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, textOf } from '../../json.ts';
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
  const requests = body.map((item) => requestOf(call, item));
  if (call.settings.failsWholeBatch) {
    const refusals = await answersTo(call, requests.map(onlyValidated));
    if (refusals.some(({ code }) => code !== 200)) return listOf(refusals.map(asPartOfTheWhole));
  }
  return listOf(await answersTo(call, requests));
}

interface BatchAnswer {
  readonly [name: string]: JsonValue;
  readonly code: number;
  readonly body: string;
}

async function answersTo(call: ApiCall, requests: readonly ServiceRequest[]): Promise<BatchAnswer[]> {
  const temporaryIds = new Map<number, number>();
  const answers: BatchAnswer[] = [];
  for (const request of requests) {
    const response = await call.runInBatch(request, temporaryIds);
    answers.push({
      code: response.status,
      headers: { 'Content-Type': response.headers.get('content-type') ?? '' },
      body: await response.text(),
    });
  }
  return answers;
}

function onlyValidated(request: ServiceRequest): ServiceRequest {
  const query = new URLSearchParams(request.query);
  query.set('validateOnly', 'true');
  return { ...request, query };
}

/** Errors of a batch that fails as a whole have a shape of their own. */
function asPartOfTheWhole({ code, headers, body }: BatchAnswer): JsonObject {
  const refusal = parseJson(body);
  const message = code !== 200 && isJsonObject(refusal) ? textOf(refusal['message']) : WHOLE_FAILED;
  const wrapped = { count: 1, value: { Message: message } };
  return { code: code === 200 ? 400 : code, headers: headers ?? null, body: JSON.stringify(wrapped) };
}

const WHOLE_FAILED = 'TF401321: The batch failed because of one of its requests; nothing of it was saved.';

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
