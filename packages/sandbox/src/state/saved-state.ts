import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../json.ts';
import type { Seed } from '../seed.ts';

/** A request that changed something; made again, it changes the same. */
export interface SavedRequest {
  /** Whose token it had: an address or sign-in name. Default: the service's first account. */
  readonly account?: string;
  /** Method and URL: `POST https://api.ticktick.com/open/v1/task`. */
  readonly request: string;
  /** The body as JSON. */
  readonly body?: JsonValue;
  /** The body's bytes, if it isn't JSON. */
  readonly base64?: string;
  /** Default with `body`: `application/json`. */
  readonly contentType?: string;
  /** When it arrived: an ISO 8601 time. Default: when the state is loaded. */
  readonly at?: string;
}

/** What a sandbox holds: what it held at first, and every request that changed it. It has no tokens. */
export interface SavedState {
  readonly seed: Seed;
  /** When the sandbox was set up: an ISO 8601 time. Default: when the state is loaded. */
  readonly startedAt?: string;
  readonly requests: readonly SavedRequest[];
}

/** Reads a saved state, or one written by hand. Throws a TypeError that names the field that is wrong. */
export function parseSavedState(text: string): SavedState {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new TypeError('The state must be a JSON object.');
  const { seed = 'empty', startedAt, requests = [] } = value;
  if (seed !== 'demo' && seed !== 'empty' && !(Number.isInteger(seed) && Number(seed) >= 0)) {
    throw new TypeError("seed must be 'demo', 'empty' or a number of tasks.");
  }
  if (!Array.isArray(requests)) throw new TypeError('requests must be a list.');
  return {
    seed: seed as Seed,
    ...readTime(startedAt, 'startedAt'),
    requests: requests.map((one, index) => readSavedRequest(one, `requests[${index}]`)),
  };
}

function readSavedRequest(value: JsonValue, place: string): SavedRequest {
  if (!isJsonObject(value)) throw new TypeError(`${place} must be an object.`);
  const request = readText(value, 'request', place)['request'] ?? '';
  if (!/^(?:POST|PUT|PATCH|DELETE) https:\/\//.test(request)) {
    throw new TypeError(`${place}.request must be a method and a URL, such as POST https://…`);
  }
  return {
    request,
    ...readText(value, 'account', place),
    ...(value['body'] !== undefined && { body: value['body'] }),
    ...readText(value, 'base64', place),
    ...readText(value, 'contentType', place),
    ...readTime(value['at'], `${place}.at`, 'at'),
  };
}

function readText(object: JsonObject, name: string, place: string): Record<string, string> {
  const value = object[name];
  if (value === undefined) return {};
  if (typeof value !== 'string') throw new TypeError(`${place}.${name} must be a text.`);
  return { [name]: value };
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

function readTime(value: JsonValue | undefined, place: string, name = 'startedAt'): Record<string, string> {
  if (value === undefined) return {};
  if (typeof value !== 'string' || !ISO_TIME.test(value) || Number.isNaN(Date.parse(value))) {
    throw new TypeError(`${place} must be an ISO 8601 time.`);
  }
  return { [name]: value };
}
