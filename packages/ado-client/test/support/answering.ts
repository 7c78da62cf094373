import { AdoClient, type AdoClientOptions, personalAccessToken } from '@context-sdk/ado-client';
import { memoryRateLimiter } from '@context-sdk/oauth-core';

export const ORGANIZATION = 'https://dev.azure.com/fabrikam';
export const PAT: string = 'abcdefgh234567ijklmnop234567qrstuvwx234567yzabcd2345';

export interface Asked {
  method: string;
  url: URL;
  headers: Headers;
  /** JSON where it was JSON. */
  body: unknown;
}

export type Service = (request: Asked, index: number) => unknown;

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A client of a service that is one function, whose answer is JSON unless it is a Response; and what it was asked. */
export function clientOf(
  answer: Service,
  options: Partial<AdoClientOptions> = {},
): { client: AdoClient; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method, headers } = request;
    const one = { method, headers, url: new URL(request.url), body: bodyOf(await request.text()) };
    asked.push(one);
    const answered = await answer(one, asked.length - 1);
    return answered instanceof Response ? answered : Response.json(answered);
  };
  const client = new AdoClient({
    organizationUrl: ORGANIZATION,
    auth: personalAccessToken(PAT),
    rateLimiter: memoryRateLimiter(),
    retry: { minDelayMs: 0, maxDelayMs: 0 },
    fetch,
    ...options,
  });
  return { client, asked };
}

export function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

export const ITEM = { id: 299, rev: 3, fields: { 'System.Title': 'x' }, url: 'u' };

/** What the service answers to a failure. */
export function refused(
  status: number,
  typeKey: string,
  message: string,
  headers?: Record<string, string>,
): Response {
  return Response.json({ $id: '1', message, typeKey }, { status, ...(headers && { headers }) });
}
