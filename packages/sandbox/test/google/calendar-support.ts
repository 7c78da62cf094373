import type { JsonObject, Sandbox, SandboxOptions } from '@context-sdk/sandbox';
import type { TestUserCalendar } from '@context-sdk/sandbox/google';
import { type ApiAnswer, fieldsOf, listOf, readAnswer, stillSandbox, textOf } from '../support.ts';

export const HOST = 'https://www.googleapis.com';
export const EVENTS = '/calendars/primary/events';

export type CallCalendar = (
  route: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiAnswer>;

/** Calls Calendar with a token: `api('GET /calendars/primary/events')`. */
export function calendarApi(
  sandbox: Sandbox,
  options: { account?: string; scopes?: readonly string[] } = {},
): CallCalendar {
  const { accessToken } = sandbox.google.issueToken(options);
  return async (route, body, headers = {}) => {
    const [method = '', path = ''] = route.split(' ');
    const init: RequestInit = { method, headers: { authorization: `Bearer ${accessToken}`, ...headers } };
    if (body !== undefined) {
      init.headers = { ...init.headers, 'content-type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    return readAnswer(await sandbox.fetch(`${HOST}/calendar/v3${path}`, init));
  };
}

/** An empty sandbox whose clock stands still, without limits, as Ada. */
export function setUpCalendar(options: SandboxOptions = {}): {
  sandbox: Sandbox;
  api: CallCalendar;
  calendar: TestUserCalendar;
} {
  const google = { quotas: { calendar: [] }, deliver: received([]), ...options.google };
  const sandbox = stillSandbox({ ...options, google });
  return { sandbox, api: calendarApi(sandbox), calendar: sandbox.google.testUser().calendar };
}

/** Takes every notification and answers 200. */
export function received(notifications: Headers[]): (url: string, init: RequestInit) => Promise<Response> {
  return async (_url, init) => {
    notifications.push(new Headers(init.headers));
    return new Response(null);
  };
}

/** An hour on 24 November 2026, 9:00 in Berlin, unless the fields say otherwise. */
export function meeting(fields: JsonObject = {}): JsonObject {
  return {
    summary: 'Meeting',
    start: { dateTime: '2026-11-24T09:00:00', timeZone: 'Europe/Berlin' },
    end: { dateTime: '2026-11-24T10:00:00', timeZone: 'Europe/Berlin' },
    ...fields,
  };
}

/** `410 fullSyncRequired`. */
export function refusal({ status, json }: ApiAnswer): string {
  const [entry] = listOf(fieldsOf(fieldsOf(json)['error'])['errors']);
  return `${status} ${textOf(entry, 'reason')}`;
}

export function itemsOf({ json }: ApiAnswer): unknown[] {
  return listOf(fieldsOf(json)['items']);
}

/** A property of each item. */
export function eachOf(answer: ApiAnswer, name: string): string[] {
  return itemsOf(answer).map((item) => textOf(item, name));
}

/** `start.dateTime` or `start.date` of each item. */
export function startsOf(answer: ApiAnswer): string[] {
  return itemsOf(answer).map((item) => {
    const { dateTime, date } = fieldsOf(fieldsOf(item)['start']);
    return String(dateTime ?? date);
  });
}

export function query(parameters: Record<string, string>): string {
  return `?${new URLSearchParams(parameters)}`;
}
