import {
  type AccessTokenSource,
  ContextSdkError,
  OAuthClient,
  staticToken,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { classifyByStatus, createPipeline, textOf } from '@context-sdk/oauth-core/client-kit';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { UNLIMITED } from '@context-sdk/test-support';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import {
  anyFrame,
  anySpelling,
  echoOf,
  expectHidden,
  secretText,
  token,
} from '@context-sdk/test-support/spellings';
import { assert, asyncProperty, boolean, constantFrom } from 'fast-check';
import { expect, test } from 'vitest';

interface Echo {
  text: string;
}

function clientOf(
  clientSecret: string,
  answer: () => Response | Promise<Response>,
  authentication = 'post',
): OAuthClient {
  return new OAuthClient({
    provider: { ...ticktick, clientAuthentication: authentication as 'post' },
    clientId: 'client-1',
    clientSecret,
    redirectUri: 'http://localhost:8000/callback',
    fetch: async () => answer(),
  });
}

const held = (refreshToken: string): TokenSet => ({
  accessToken: 'access',
  refreshToken,
  obtainedAt: 0,
  scopes: [],
});

const STATUSES = [400, 401, 403, 404, 409, 429, 500, 503];

/** Every place of a token endpoint's answer in which a text can come back. */
const TOKEN_ANSWERS: Record<string, (echo: Echo, status: number) => Response> = {
  error: ({ text }, status) => Response.json({ error: text }, { status }),
  description: ({ text }, status) =>
    Response.json({ error: 'invalid_grant', error_description: text }, { status }),
  'client description': ({ text }, status) =>
    Response.json({ error: 'invalid_client', error_description: text }, { status }),
  'odd code': ({ text }, status) =>
    Response.json({ error: `odd_${text}`, error_description: text }, { status }),
  'error in a 200': ({ text }) => Response.json({ error: text, error_description: text }),
  html: ({ text }, status) => new Response(`<html>${text}</html>`, { status }),
  'form body': ({ text }, status) => new Response(`error=${encodeURIComponent(text)}`, { status }),
  'no token': ({ text }) => Response.json({ access_token: '', message: text }),
  'odd token type': ({ text }) => Response.json({ access_token: 'a', token_type: text }),
  'not reached': ({ text }) => {
    throw Object.assign(new TypeError(`fetch failed for ${text}`), { cause: { code: text } });
  },
  'not reached, for reasons in a circle': ({ text }) => {
    const failure = new AggregateError([], text, { cause: new Error(text) });
    failure.errors.push(failure);
    throw failure;
  },
};

const anyAnswer = constantFrom(...Object.keys(TOKEN_ANSWERS));
const anyStatus = constantFrom(...STATUSES);

test.each(['post', 'basic', 'basic-raw'])(
  '16.23: no credential of a token request comes back in an error, in any spelling (%s)',
  async (authentication) => {
    await assert(
      asyncProperty(
        token,
        secretText,
        anySpelling,
        anyFrame,
        anyAnswer,
        anyStatus,
        boolean(),
        async (refreshToken, clientSecret, spelling, frame, place, status, isSecret) => {
          const secret = isSecret ? clientSecret : refreshToken;
          const text = echoOf(secret, spelling, frame);
          const client = clientOf(
            clientSecret,
            () => (TOKEN_ANSWERS[place] ?? Response.error)({ text }, status),
            authentication,
          );
          for (const call of [client.refresh(held(refreshToken)), client.revoke(held(refreshToken))]) {
            const error = await call.catch((thrown: unknown) => thrown);
            if (error instanceof Error) {
              expect(error).toBeInstanceOf(ContextSdkError);
              expectHidden(secret, error);
            }
          }
        },
      ),
      {
        numRuns: propertyRuns(40),
        examples: [['a refresh token', 'with a space', 'twice', 'alone', 'description', 400, true]],
      },
    );
  },
);

test('16.23: nor does a code or a verifier, from the callback or the exchange', async () => {
  await assert(
    asyncProperty(
      token,
      anySpelling,
      anyFrame,
      anyAnswer,
      anyStatus,
      async (code, spelling, frame, place, status) => {
        let echoed = code;
        const echo = (): string => echoOf(echoed, spelling, frame);
        const client = clientOf('a client secret', () =>
          (TOKEN_ANSWERS[place] ?? Response.error)({ text: echo() }, status),
        );
        const { transaction } = await client.beginAuthorization();
        for (const secret of [code, transaction.codeVerifier, transaction.state]) {
          echoed = secret;
          const callbacks: Record<string, string>[] = [
            { code, state: transaction.state },
            { code, state: transaction.state, response: 'x' },
            { code, state: 'another' },
            { code, state: transaction.state, iss: echo() },
            { error: echo(), error_description: echo(), state: transaction.state },
          ];
          for (const parameters of callbacks) {
            const query = new URLSearchParams(parameters);
            const again = { ...transaction };
            const error = await client
              .completeAuthorization(`/callback?${query.toString()}`, again)
              .catch((thrown: unknown) => thrown);
            if (error instanceof Error) {
              expect(error).toBeInstanceOf(ContextSdkError);
              expectHidden(secret, error);
            }
          }
        }
      },
    ),
    { numRuns: propertyRuns(25) },
  );
});

/** Every place of a service's answer in which a text can come back. */
const API_ANSWERS: Record<string, (text: string, status: number) => Response> = {
  message: (text, status) => Response.json({ message: text, code: 'someCode' }, { status }),
  code: (text, status) => Response.json({ message: 'No.', code: text }, { status }),
  html: (text, status) => new Response(`<html>${text}</html>`, { status }),
  details: (text, status) =>
    Response.json({ message: 'No.', errors: [{ [text]: { reason: text } }] }, { status }),
  'request id': (text, status) =>
    new Response(null, { status, headers: { 'x-request-id': encodeURIComponent(text) } }),
};

const basic = (credentials: string): AccessTokenSource => ({
  scheme: 'Basic',
  getAccessToken: async () => credentials,
});

test('16.23: no credential of an API request comes back in an error, in any spelling', async () => {
  const classify = classifyByStatus('things', (body, response) => {
    let json: Record<string, unknown> = {};
    try {
      json = JSON.parse(body) as Record<string, unknown>;
    } catch {
      json = { message: body };
    }
    const requestId = response.headers.get('x-request-id') ?? undefined;
    const cause = Object.assign(new Error(body), { errors: [] as unknown[] });
    const nested = new AggregateError([new Error(body)], body, { cause });
    cause.errors = [nested];
    const details = { ...json, nested };
    return { said: textOf(json['message']), serviceCode: textOf(json['code']), details, requestId };
  });
  await assert(
    asyncProperty(
      token,
      anySpelling,
      anyFrame,
      constantFrom(...Object.keys(API_ANSWERS)),
      anyStatus,
      constantFrom('bearer', 'pat', 'body'),
      async (secret, spelling, frame, place, status, where) => {
        const text = echoOf(secret, spelling, frame);
        const auth =
          where === 'bearer'
            ? staticToken(secret)
            : where === 'pat'
              ? basic(Buffer.from(`:${secret}`).toString('base64'))
              : staticToken('a-token');
        const events: unknown[] = [];
        const fetch = createPipeline({
          service: 'things',
          requestIdHeaders: ['x-request-id'],
          hooks: { onResponse: (event) => events.push(event), onCallEnd: (event) => events.push(event) },
          auth,
          origins: ['https://things.example'],
          limits: [],
          // A pause that one answer asks for must not keep the next request from being sent.
          rateLimiter: UNLIMITED,
          retry: { attempts: 1 },
          fetch: async () => (API_ANSWERS[place] ?? Response.error)(text, status),
          classify,
        }).fetchFor({ operation: 'things.watch', safety: 'unsafe', maxWaitMs: 0 });
        const body = where === 'body' ? { hook: { basicAuthPassword: secret } } : { title: 'x' };
        const error = await fetch('https://things.example/watch', {
          method: 'POST',
          body: JSON.stringify(body),
        }).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ContextSdkError);
        expect(events.length).toBeGreaterThan(1);
        expectHidden(secret, error, ...events);
      },
    ),
    { numRuns: propertyRuns(80) },
  );
});
