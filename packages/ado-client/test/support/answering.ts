import { AdoClient, type AdoClientOptions, personalAccessToken } from '@context-sdk/ado-client';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { answering, IMPATIENT, type Reply, type SentRequest } from '@context-sdk/test-support';

export const ORGANIZATION = 'https://dev.azure.com/fabrikam';
export const PAT: string = 'abcdefgh234567ijklmnop234567qrstuvwx234567yzabcd2345';

/** A client of a service that is one reply, and what it sent. */
export function clientOf(
  reply: Reply,
  options: Partial<AdoClientOptions> = {},
): { client: AdoClient; requests: SentRequest[] } {
  const { fetch, requests } = answering(reply);
  const client = new AdoClient({
    organizationUrl: ORGANIZATION,
    auth: personalAccessToken(PAT),
    rateLimiter: memoryRateLimiter(),
    retry: IMPATIENT,
    fetch,
    ...options,
  });
  return { client, requests };
}

export const ITEM = { id: 299, rev: 3, fields: { 'System.Title': 'x' }, url: 'u' };

/** A failure as Azure DevOps sends it. */
export function refused(
  status: number,
  typeKey: string,
  message: string,
  headers?: Record<string, string>,
): Response {
  return Response.json({ $id: '1', message, typeKey }, { status, ...(headers && { headers }) });
}
