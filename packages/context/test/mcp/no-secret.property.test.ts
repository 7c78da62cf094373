import { createMcpEndpoint, type McpAuthInfo } from '@context-sdk/context/mcp';
import type { RateLimiter } from '@context-sdk/oauth-core';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import { anyFrame, anySpelling, echoOf, expectHidden, token } from '@context-sdk/test-support/spellings';
import { OAuthError } from '@modelcontextprotocol/server';
import { assert, asyncProperty, constantFrom } from 'fast-check';
import { expect, test } from 'vitest';
import { startAssistant } from '../tools/start-assistant.ts';

const RESOURCE = 'https://host.example/mcp';

/** What a bearer token can hold (RFC 6750 §2.1), of what other tests take for one. */
const bearer = token.filter((text) => /^[\w.~+/-]+$/.test(text));

const good = (text: string): McpAuthInfo => ({
  token: text,
  clientId: 'client',
  scopes: ['mcp'],
  expiresAt: Date.now() / 1000 + 3600,
  resource: new URL(RESOURCE),
});

/** What comes of verifying a token, with the token in it somewhere. */
const VERDICTS: Record<string, (echo: string, own: string) => McpAuthInfo> = {
  good: (_echo, own) => good(own),
  'invalid token': (echo) => {
    throw new OAuthError('invalid_token', echo);
  },
  'insufficient scope': (echo) => {
    throw new OAuthError('insufficient_scope', echo);
  },
  'server error': (echo) => {
    throw new OAuthError('server_error', echo, echo);
  },
  'code of its own': (echo) => {
    throw new OAuthError(echo, echo);
  },
  'error of a library': (echo) => {
    throw new Error(echo, { cause: new Error(echo) });
  },
  text: (echo) => {
    throw echo;
  },
  'another resource': (echo, own) => ({
    ...good(own),
    resource: new URL(`https://other.example/${encodeURIComponent(echo)}`),
  }),
  'no end': (_echo, own) => ({ ...good(own), expiresAt: Number.NaN }),
  over: (_echo, own) => ({ ...good(own), expiresAt: 1 }),
  'other scopes': (echo, own) => ({ ...good(own), scopes: [echo] }),
};

/** What a client asks. */
const BODIES: Record<string, (echo: string) => string> = {
  'a tool': () => call('find', { kind: 'tasks' }),
  'a tool that there is not': (echo) => call(echo, {}),
  'a method that there is not': (echo) => JSON.stringify({ jsonrpc: '2.0', id: 1, method: echo, params: {} }),
  'no JSON': (echo) => echo,
  'no call': (echo) => JSON.stringify({ [echo]: echo }),
};

function call(name: string, input: object): string {
  return JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name, arguments: input },
  });
}

async function shown(response: Response): Promise<string> {
  return JSON.stringify([response.status, [...response.headers], await response.text()]);
}

test('16.23: no bearer token of an MCP request shows, whatever becomes of it', async () => {
  const calls: unknown[] = [];
  const events: unknown[] = [];
  const hooks = {
    onCallEnd: (event: unknown) => void events.push(event),
    onRequest: (event: unknown) => void events.push(event),
  };
  const { context, sandbox } = await startAssistant({ hooks });
  await assert(
    asyncProperty(
      bearer,
      anySpelling,
      anyFrame,
      constantFrom(...Object.keys(VERDICTS)),
      constantFrom(...Object.keys(BODIES)),
      async (secret, spelling, frame, verdict, body) => {
        const echo = echoOf(secret, spelling, frame);
        const endpoint = createMcpEndpoint(context, {
          library: () => import('@modelcontextprotocol/server'),
          timeZone: 'UTC',
          getUser: () => 'ada',
          onCall: (event) => void calls.push(event),
          onError: (error) => void calls.push(error),
          authorization: {
            resourceUrl: RESOURCE,
            requiredScopes: ['mcp'],
            verifier: { verifyAccessToken: async (own) => (VERDICTS[verdict] ?? good)(echo, own) },
            metadata: {
              issuer: 'https://as.example',
              authorization_endpoint: 'https://as.example/authorize',
              token_endpoint: 'https://as.example/token',
              response_types_supported: ['code'],
            },
          },
        });
        const headers = {
          authorization: `Bearer ${secret}`,
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
        };
        // What a client says itself, it hears: only what became of its token is ours to hide.
        const said = verdict === 'good' ? 'a tool' : body;
        const init = { method: 'POST', headers, body: (BODIES[said] ?? String)('x') };
        const response = await endpoint.fetch(new Request(RESOURCE, init));
        expect(response.ok).toBe(verdict === 'good');
        expectHidden(secret, await shown(response), endpoint, calls.splice(0), events.splice(0));
      },
    ),
    {
      numRuns: propertyRuns(120),
      examples: Object.keys(VERDICTS).map((verdict) => [
        'a-bearer-token',
        'raw',
        'sentence',
        verdict,
        'a tool',
      ]),
    },
  );
  expect(JSON.stringify(sandbox.requests)).not.toContain('a-bearer-token');
}, 60_000);

test('16.23: nor does a credential of a service show in the answer of a tool', async () => {
  // It connects one account more often than TickTick lets it.
  const rateLimiter: RateLimiter = { run: (_key, dispatch) => dispatch(), pause: async () => undefined };
  const { context, sandbox, user } = await startAssistant({ rateLimiter });
  const endpoint = createMcpEndpoint(context, {
    library: () => import('@modelcontextprotocol/server'),
    timeZone: 'UTC',
    getUser: () => 'ada',
  });
  const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
  const body = call('create_task', { title: 'x' });
  await assert(
    asyncProperty(
      anySpelling,
      anyFrame,
      constantFrom(400, 403, 404, 409),
      async (spelling, frame, status) => {
        const secret = sandbox.ticktick.issueApiToken();
        await user.connections.connect('ticktick', { token: secret });
        const text = echoOf(secret, spelling, frame);
        const fault = {
          kind: 'status',
          status,
          body: { errorCode: text, errorMessage: text, data: text },
        } as const;
        const injected = sandbox.faults.inject(fault, { method: 'POST' });
        const response = await endpoint.fetch(new Request(RESOURCE, { method: 'POST', headers, body }));
        expectHidden(secret, await shown(response));
        expect(injected.hits).toBe(1);
      },
    ),
    { numRuns: propertyRuns(60) },
  );
}, 60_000);
