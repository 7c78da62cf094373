import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { badRequest, GoogleFailure, parseError } from './failures.ts';
import type { GoogleApi } from './method.ts';

/** How many requests each API takes in one batch. */
const LIMITS: Readonly<Record<GoogleApi, number>> = { calendar: 50, gmail: 100 };

/** Gmail's discovery document has another path (`batchPath`) than its guide. */
const API_OF_PATH: ReadonlyMap<string, GoogleApi> = new Map([
  ['www.googleapis.com/batch/calendar/v3', 'calendar'],
  ['gmail.googleapis.com/batch', 'gmail'],
  ['gmail.googleapis.com/batch/gmail/v1', 'gmail'],
  ['www.googleapis.com/batch/gmail/v1', 'gmail'],
]);

/** The API that a batch is for; undefined for any other request. */
export function batchApi({ method, host, path }: ServiceRequest): GoogleApi | undefined {
  return method === 'POST' ? API_OF_PATH.get(host + path) : undefined;
}

/** One request of a batch. */
interface Part {
  readonly id: string | undefined;
  readonly request: ServiceRequest;
}

/**
 * Answers each request inside by itself, as if it had come alone, and all of them with 200. The answers come in another
 * order than the requests, which Google allows itself: the Content-ID says which is which.
 * https://developers.google.com/workspace/calendar/api/guides/batch
 */
export async function answerBatch(
  outer: ServiceRequest,
  api: GoogleApi,
  answer: (request: ServiceRequest, index: number) => Promise<Response>,
): Promise<Response> {
  try {
    const parts = readParts(outer);
    const limit = LIMITS[api];
    if (parts.length > limit) {
      throw badRequest(`Inner request count exceeds the limit. Received: ${parts.length}, Limit: ${limit}`);
    }
    const answers: string[] = [];
    for (const [index, part] of parts.entries()) {
      answers.unshift(await partText(part, await answer(part.request, index)));
    }
    const boundary = `batch_${crypto.randomUUID().replaceAll('-', '')}`;
    const body = [...answers.map((text) => `--${boundary}\r\n${text}`), `--${boundary}--`].join('\r\n');
    return new Response(body, { headers: { 'content-type': `multipart/mixed; boundary=${boundary}` } });
  } catch (error) {
    if (error instanceof GoogleFailure) return error.toResponse();
    throw error;
  }
}

function readParts(outer: ServiceRequest): Part[] {
  const contentType = outer.headers.get('content-type') ?? '';
  const [, boundary] = /^multipart\/mixed;.*boundary="?([^";]+)"?/i.exec(contentType) ?? [];
  if (boundary === undefined) throw badRequest('Failed to parse batch request: no boundary.');
  const texts = bodyText(outer).split(`--${boundary}`);
  if (texts.length < 3 || !texts.at(-1)?.startsWith('--')) throw parseError();
  return texts.slice(1, -1).map((text) => readPart(text.replace(/^\r?\n/, ''), outer));
}

function readPart(text: string, outer: ServiceRequest): Part {
  const { headers: partHeaders, rest } = splitHeaders(text);
  if (!partHeaders.get('content-type')?.startsWith('application/http')) {
    throw badRequest('Failed to parse batch request: a part is not application/http.');
  }
  const [line = '', method = '', target = ''] = /^([A-Z]+) (\S+)(?: HTTP\/1\.1)?\r?\n/.exec(rest) ?? [];
  if (!target.startsWith('/')) throw badRequest('Failed to parse batch request: a part has no path.');
  const { headers, rest: body } = splitHeaders(rest.slice(line.length));
  const url = new URL(target, `https://${outer.host}`);
  // The outer headers are for every part that has none of its own.
  const authorization = outer.headers.get('authorization');
  if (authorization !== null && !headers.has('authorization')) headers.set('authorization', authorization);
  return {
    id: partHeaders.get('content-id') ?? undefined,
    request: {
      host: outer.host,
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      body: new TextEncoder().encode(body.replace(/\r?\n$/, '')),
    },
  };
}

function splitHeaders(text: string): { headers: Headers; rest: string } {
  const [head = '', ...rest] = text.split(/\r?\n\r?\n/);
  const headers = new Headers();
  for (const line of head.split(/\r?\n/)) {
    const at = line.indexOf(':');
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim());
  }
  return { headers, rest: rest.join('\r\n\r\n') };
}

async function partText({ id, request }: Part, response: Response): Promise<string> {
  const { status, headers } = response;
  const name = id === undefined ? [] : [`Content-ID: ${id.replace(/^<?/, '$&response-')}`];
  return [
    'Content-Type: application/http',
    ...name,
    '',
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Unknown'}`,
    ...[...headers].map(([header, value]) => `${header}: ${value}`),
    '',
    request.method === 'HEAD' ? '' : await response.text(),
  ].join('\r\n');
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};
