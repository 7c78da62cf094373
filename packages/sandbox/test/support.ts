import { createSandbox, type JsonObject, type Sandbox, type SandboxOptions } from '../src/index.ts';

/** 22 November 2026, 10:00 UTC. */
export const start: number = Date.UTC(2026, 10, 22, 10);

export const host = 'https://api.ticktick.com';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is empty. */
  readonly json: unknown;
}

export type CallApi = (route: string, body?: unknown) => Promise<ApiAnswer>;

/** A sandbox whose clock stands still, by default an empty one. */
export function stillSandbox(options: SandboxOptions = {}): Sandbox {
  return createSandbox({ seed: 'empty', clock: { now: () => start }, ...options });
}

/** Calls the API as the demo account: `api('POST /task', { title: 'x' })`. */
export function apiOf(sandbox: Sandbox, token: string = sandbox.ticktick.issueToken().accessToken): CallApi {
  return async (route, body) => {
    const [method = '', path = ''] = route.split(' ');
    const init: RequestInit = { method, headers: { authorization: `Bearer ${token}` } };
    if (body !== undefined) {
      init.headers = { ...init.headers, 'content-type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    return readAnswer(await sandbox.fetch(`${host}/open/v1${path}`, init));
  };
}

export async function readAnswer(response: Response): Promise<ApiAnswer> {
  const text = await response.text();
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, text, json };
}

export function setUp(options: SandboxOptions = {}): {
  sandbox: Sandbox;
  api: CallApi;
  testUser: ReturnType<Sandbox['ticktick']['testUser']>;
} {
  const sandbox = stillSandbox(options);
  return { sandbox, api: apiOf(sandbox), testUser: sandbox.ticktick.testUser() };
}

/** Creates a task in the inbox as the test user. */
export function addTask(sandbox: Sandbox, fields: JsonObject = {}): { id: string; projectId: string } {
  return sandbox.ticktick.testUser().createTask({ title: 'A task', ...fields });
}

/** The error that a promise rejects with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('The promise did not reject');
}

/** An answer's properties, by name; an array's elements, by index. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A property as a string. */
export function textOf(value: unknown, key: string): string {
  return String(fieldsOf(value)[key]);
}

/** All of an answer's properties as strings. */
export function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, item]) => [name, String(item)]));
}

export function idOf(value: unknown): string {
  return textOf(value, 'id');
}

/** An array's elements. */
export function listOf(value: unknown): unknown[] {
  return Object.values(fieldsOf(value));
}
