import { OAuthClient } from '@context-sdk/oauth-core';
import { type OAuthProvider, ticktick } from '@context-sdk/oauth-core/providers';
import { http, HttpResponse } from 'msw';
import { setupServer, type SetupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { CANARY } from './canaries.ts';

export type TokenAnswer = (body: URLSearchParams, headers: Headers) => Response | Promise<Response>;

/** TickTick's token endpoint at its production address, answering as each test says. */
export class TokenEndpoint {
  readonly requests: { body: URLSearchParams; headers: Headers }[] = [];
  readonly revoked: string[] = [];
  answer: TokenAnswer = () => HttpResponse.error();
  readonly server: SetupServer = setupServer(
    http.post('https://ticktick.com/oauth/token', async ({ request }) => {
      const body = new URLSearchParams(await request.text());
      this.requests.push({ body, headers: request.headers });
      return await this.answer(body, request.headers);
    }),
    http.post('https://api.ticktick.com/oauth/revoke', async ({ request }) => {
      const token = new URLSearchParams(await request.text()).get('token') ?? '';
      this.revoked.push(token);
      return await this.answerRevocation(token);
    }),
  );
  answerRevocation: (token: string) => Response | Promise<Response> = () => new HttpResponse(null);

  reset(): void {
    this.requests.length = 0;
    this.revoked.length = 0;
    this.answer = () => HttpResponse.error();
    this.answerRevocation = () => new HttpResponse(null);
  }
}

/** One endpoint for a test file, reset between its tests. */
export function useTokenEndpoint(): TokenEndpoint {
  const endpoint = new TokenEndpoint();
  beforeAll(() => endpoint.server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => endpoint.reset());
  afterAll(() => endpoint.server.close());
  return endpoint;
}

export function makeClient(provider: Partial<OAuthProvider> = {}): OAuthClient {
  return new OAuthClient({
    provider: { ...ticktick, ...provider },
    clientId: 'client-1',
    clientSecret: CANARY.clientSecret,
    redirectUri: 'http://localhost:8000/auth/ticktick/callback',
  });
}

/** A good answer with new tokens. */
export function freshTokens(fields: Record<string, unknown> = {}): Response {
  return HttpResponse.json({
    access_token: CANARY.newAccessToken,
    token_type: 'bearer',
    expires_in: 3600,
    refresh_token: CANARY.newRefreshToken,
    ...fields,
  });
}
