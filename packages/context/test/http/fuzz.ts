import { inspect } from 'node:util';
import type { ContextHandler } from '@context-sdk/context';
import { createMcpEndpoint, type McpAuthInfo, type McpEndpoint } from '@context-sdk/context/mcp';
import type { RecordStore } from '@context-sdk/oauth-core';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { startDeliveries } from '../support/start-deliveries.ts';
import { authActions, webhookPaths } from './routes-in-sources.ts';

const BASE = 'https://host.example';
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'] as const;
const PATHS: readonly string[] = [
  ...['ticktick', 'google', 'azure-devops', 'other'].flatMap((provider) =>
    [...authActions(), ''].map((action) => `/auth/${provider}/${action}`),
  ),
  ...webhookPaths().flatMap((path) => [`/webhooks/${path}`, `/webhooks/${path}/key`]),
];
const MCP_PATHS: readonly string[] = [
  '/mcp',
  '/.well-known/oauth-protected-resource',
  '/.well-known/oauth-protected-resource/mcp',
  '/.well-known/oauth-authorization-server',
];

/** fast-check's own unit `binary` makes a table of all characters first, which takes seconds. */
const anyText = fc
  .array(fc.nat({ max: 0x10_ff_ff }), { maxLength: 20 })
  .map((points) => String.fromCodePoint(...points).toWellFormed());

/** Text that means something somewhere, and text that means nothing. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    '\u00a0',
    'null',
    '__proto__',
    '-1',
    '1e309',
    '%',
    '%00',
    '%u0000',
    '../..',
    '//evil.example',
    'https://host.example/day',
    'https://evil.example',
    'https://dev.azure.com/fabrikam',
    'javascript:alert(1)',
    'data:text/html,x',
    'Basic Og==',
    'Basic ====',
    'Bearer x',
    'Bearer e30.e30.e30',
    'x'.repeat(3000),
    '{"message":{"data":"e30","messageId":"1"}}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    '{"jsonrpc":"2.0","id":"__proto__","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find","arguments":{"kind":"tasks","text":"\\u0000"}}}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"send_draft","arguments":{"draft":7}}}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"draft_mail","arguments":{"to":["a@example.com"],"subject":"x","text":"y"}}}',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"send_draft","arguments":{"draft":"d1"}}}',
    '[{"jsonrpc":"2.0","id":1}]',
    '[]',
    '{',
    '"',
    ';;==;',
  ),
  fc.string({ maxLength: 40 }),
  anyText,
  fc.uuid(),
);

const PARAMETERS = [
  'state',
  'code',
  'error',
  'error_description',
  'iss',
  'returnTo',
  'organizationUrl',
  'decision',
  'scope',
];
const HEADERS = [
  'cookie',
  'origin',
  'referer',
  'host',
  'accept',
  'authorization',
  'content-type',
  'content-length',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-purpose',
  'x-forwarded-host',
  'x-goog-channel-id',
  'x-goog-channel-token',
  'x-goog-resource-state',
  'x-goog-resource-id',
  'x-goog-message-number',
  'x-goog-channel-expiration',
  'mcp-protocol-version',
  'mcp-session-id',
  'mcp-method',
  'mcp-name',
  'last-event-id',
];
const LIKELY: Readonly<Record<string, readonly string[]>> = {
  origin: [BASE, 'null', 'https://evil.example'],
  accept: ['text/html', 'application/json', '*/*', 'application/json, text/event-stream'],
  'content-type': [
    'application/x-www-form-urlencoded',
    'application/json',
    'multipart/form-data; boundary=x',
  ],
  'sec-fetch-site': ['same-origin', 'same-site', 'cross-site', 'none'],
  'x-goog-resource-state': ['sync', 'exists'],
  'mcp-protocol-version': ['2025-11-25', '2026-07-28'],
  authorization: ['Bearer of-ada'],
};

/** One request, as it is thrown at the handler. `known` is a value that the host has given out, in place of a header's. */
interface FuzzedRequest {
  method: (typeof METHODS)[number];
  path: string;
  parameters: readonly (readonly [string, string])[];
  headers: readonly (readonly [string, string])[];
  body: string | Uint8Array<ArrayBuffer> | undefined;
  usesCookies: boolean;
}

const header = fc
  .constantFrom(...HEADERS)
  .chain((name) => fc.tuple(fc.constant(name), fc.oneof(text, fc.constantFrom(...(LIKELY[name] ?? ['x'])))));

export const fuzzedRequests: fc.Arbitrary<FuzzedRequest> = fc.record({
  method: fc.constantFrom(...METHODS),
  path: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...PATHS, ...MCP_PATHS) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...PATHS, ...MCP_PATHS), text)
        .map(([path, more]) => `${path}/${encodeURI(more.toWellFormed())}`),
    },
  ),
  parameters: fc.array(fc.tuple(fc.constantFrom(...PARAMETERS), text), { maxLength: 4 }),
  headers: fc.array(header, { maxLength: 6 }),
  body: fc.option(
    fc.oneof(
      text,
      fc.json(),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
    ),
    { nil: undefined },
  ),
  usesCookies: fc.boolean(),
});

/** Verifies as an authorization server's library does, with the SDK's own error for a token that is none. */
async function verifyAccessToken(token: string): Promise<McpAuthInfo> {
  const { OAuthError, OAuthErrorCode } = await import('@modelcontextprotocol/server');
  if (token !== 'of-ada') throw new OAuthError(OAuthErrorCode.InvalidToken, 'The token is none.');
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  return { token, clientId: 'client', scopes: [], expiresAt, resource: new URL(`${BASE}/mcp`) };
}

/** A host with a user who has connected everything, and a browser that keeps the cookies it gets. */
export class FuzzedHost {
  readonly #handler: ContextHandler;
  readonly #mcp: McpEndpoint;
  readonly #store: RecordStore;
  readonly #errors: unknown[] = [];
  readonly #cookies = new Map<string, string>();
  readonly #states: string[] = [];
  readonly #secrets: readonly string[];
  #count = 0;

  private constructor(
    { context, store }: Pick<ReturnType<typeof startDeliveries>, 'context' | 'store'>,
    secrets: readonly string[],
  ) {
    this.#store = store;
    this.#secrets = secrets;
    this.#handler = context.createHandler({
      getUserId: (request) => (request.headers.get('x-nobody') === null ? 'ada' : undefined),
      onError: (error) => this.#errors.push(error),
    });
    this.#mcp = createMcpEndpoint(context, {
      library: () => import('@modelcontextprotocol/server'),
      timeZone: 'UTC',
      getUser: (_request, token) => (token?.token === 'of-ada' ? 'ada' : undefined),
      authorization: {
        resourceUrl: `${BASE}/mcp`,
        verifier: { verifyAccessToken },
        metadata: {
          issuer: 'https://login.example',
          authorization_endpoint: 'https://login.example/authorize',
          token_endpoint: 'https://login.example/token',
          response_types_supported: ['code'],
        },
      },
    });
  }

  static async start(): Promise<FuzzedHost> {
    const started = startDeliveries({ onConnected: () => undefined });
    const { context, sandbox, everything } = started;
    await everything();
    await context.user('ada').connections.import('google', googleTokens(sandbox));
    await context.subscriptions.ensure('ada');
    const { ticktick, google, azureDevOps } = sandbox;
    const apps = [ticktick.app, google.app, azureDevOps.app].flatMap(
      ({ clientSecret }) => clientSecret ?? [],
    );
    return new FuzzedHost(started, apps);
  }

  /** The handler answers, with nothing of ours broken and no secret shown. */
  async expectAnswer(fuzzed: FuzzedRequest): Promise<void> {
    const request = this.#requestOf(fuzzed);
    if (request === undefined) return;
    const isMcp = MCP_PATHS.some((path) => fuzzed.path.startsWith(path));
    const response = await (isMcp ? this.#mcp.fetch(request) : this.#handler(request));
    const body = await response.text();
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const location = response.headers.get('location');
    const state = location === null ? undefined : URL.parse(location, BASE)?.searchParams.get('state');
    if (state) this.#states.push(state);
    const shown = `${body} ${inspect([...response.headers])} ${inspect(this.#errors, { depth: 6 })}`;
    expect([response.status, inspect(this.#errors)]).toEqual([expect.any(Number), expect.any(String)]);
    expect(response.status < 500 ? '' : `${response.status}: ${inspect(this.#errors)}`).toBe('');
    for (const secret of await this.#knownSecrets()) expect(shown).not.toContain(secret);
    this.#errors.length = 0;
  }

  /** Undefined for what no client can send. */
  #requestOf({ method, path, parameters, headers, body, usesCookies }: FuzzedRequest): Request | undefined {
    const url = new URL(path, BASE);
    for (const [name, value] of parameters) url.searchParams.append(name, value);
    this.#count += 1;
    const known = this.#states.at(-1);
    if (known !== undefined && this.#count % 3 === 0) url.searchParams.set('state', known);
    const sent = new Headers();
    for (const [name, value] of headers) {
      try {
        sent.append(name, value);
      } catch {
        // A value that no header can have.
      }
    }
    if (usesCookies) {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      sent.append('cookie', cookie);
    }
    const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
    return new Request(url, { method, headers: sent, ...(hasBody && { body }) });
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  /** What the store and the host's configuration hold that nobody may see. */
  async #knownSecrets(): Promise<string[]> {
    const secrets = [...this.#secrets];
    for (const prefix of [
      'token/',
      'connection/',
      'oauth-transaction/',
      'hook/',
      'channel/',
      'tool-approval/',
    ]) {
      for (const key of await this.#store.list(prefix)) {
        const value = (await this.#store.get(key))?.value ?? '';
        const found = value.matchAll(
          /"(?:token|password|accessToken|refreshToken|codeVerifier)":"([^"]{8,})"/g,
        );
        secrets.push(...[...found].flatMap(([, secret]) => secret ?? []));
      }
    }
    return secrets;
  }
}

/** Throws requests at every route, until there were so many, or the time is up. */
export async function fuzzRoutes(options: {
  numRuns: number;
  seed?: number;
  timeLimitMs?: number;
}): Promise<void> {
  const host = await FuzzedHost.start();
  const { timeLimitMs, ...parameters } = options;
  await fc.assert(
    fc.asyncProperty(fuzzedRequests, (fuzzed) => host.expectAnswer(fuzzed)),
    { ...parameters, ...(timeLimitMs !== undefined && { interruptAfterTimeLimit: timeLimitMs }) },
  );
}
