import { createSandbox, type Sandbox, type SandboxOptions } from '@context-sdk/sandbox';
import { type ApiAnswer, readAnswer } from '../../support.ts';

/** 22 November 2026, 10:00 UTC. */
export const start: number = Date.UTC(2026, 10, 22, 10);

export const ORGANIZATION_URL = 'https://dev.azure.com/fabrikam';

type AzureDevOps = NonNullable<SandboxOptions['azureDevOps']>;

/** A sandbox whose clock stands still, by default with one empty project. */
export function stillSandbox(azureDevOps: AzureDevOps = {}, options: SandboxOptions = {}): Sandbox {
  return createSandbox({
    seed: 'empty',
    clock: { now: () => start },
    ...options,
    azureDevOps: { seed: 'empty', ...azureDevOps },
  });
}

export interface CallOptions {
  /** The api-version. Default: 7.1. */
  readonly version?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API: `api('GET /_apis/wit/workitems/1')`. A list is sent as JSON Patch, anything else as JSON. */
export type CallApi = (route: string, body?: unknown, options?: CallOptions) => Promise<ApiAnswer>;

export function apiOf(sandbox: Sandbox, pat: string = sandbox.azureDevOps.issuePat()): CallApi {
  return async (route, body, { version = '7.1', headers = {} } = {}) => {
    const [method = '', ...path] = route.split(' ');
    const url = new URL(ORGANIZATION_URL + path.join(' '));
    if (version !== '') url.searchParams.set('api-version', version);
    const init: RequestInit = { method, headers: { authorization: `Basic ${btoa(`:${pat}`)}`, ...headers } };
    if (body !== undefined) {
      const contentType = Array.isArray(body) ? 'application/json-patch+json' : 'application/json';
      init.headers = { 'content-type': contentType, ...init.headers };
      init.body = JSON.stringify(body);
    }
    return readAnswer(await sandbox.fetch(url, init));
  };
}

export function setUp(
  azureDevOps: AzureDevOps = {},
  options: SandboxOptions = {},
): { sandbox: Sandbox; api: CallApi } {
  const sandbox = stillSandbox(azureDevOps, options);
  return { sandbox, api: apiOf(sandbox) };
}

/** `{ 'System.Title': 'x' }` as a patch that adds. */
export function adding(fields: Readonly<Record<string, unknown>>): readonly object[] {
  return Object.entries(fields).map(([name, value]) => ({ op: 'add', path: `/fields/${name}`, value }));
}

/** A patch that links to another item. */
export function linking(rel: string, id: number): object {
  return {
    op: 'add',
    path: '/relations/-',
    value: { rel, url: `${ORGANIZATION_URL}/_apis/wit/workItems/${id}` },
  };
}

/** Creates a task through the API. */
export async function createTask(
  api: CallApi,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const { status, json } = await api(
    'POST /Fabrikam/_apis/wit/workitems/$Task',
    adding({ 'System.Title': 'A task', ...fields }),
  );
  if (status !== 200) throw new Error(`No task was created: ${JSON.stringify(json)}`);
  return (json as { id: number }).id;
}
