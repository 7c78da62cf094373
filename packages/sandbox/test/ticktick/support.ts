import type { JsonObject, Sandbox, SandboxOptions } from '@context-sdk/sandbox';
import { type ApiAnswer, readAnswer, stillSandbox } from '../support.ts';

export const HOST = 'https://api.ticktick.com';

export type CallApi = (route: string, body?: unknown) => Promise<ApiAnswer>;

/** Calls the API as the demo account: `api('POST /task', { title: 'x' })`. */
export function apiOf(sandbox: Sandbox, token: string = sandbox.ticktick.issueToken().accessToken): CallApi {
  return async (route, body) => {
    const [method = '', path = ''] = route.split(' ');
    const init: RequestInit = { method, headers: { authorization: `Bearer ${token}` } };
    if (body !== undefined) {
      init.headers = { ...init.headers, 'content-type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    return readAnswer(await sandbox.fetch(`${HOST}/open/v1${path}`, init));
  };
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
