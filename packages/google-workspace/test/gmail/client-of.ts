import { GmailClient, type GmailClientOptions } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { answering, type Reply, type SentRequest } from '@context-sdk/test-support';
import { IMPATIENT } from '../support/use-sandbox.ts';

/** A client of a Gmail that gives these answers, and what it was asked. */
export function clientOf(
  replies: readonly Reply[],
  options: Partial<GmailClientOptions> = {},
): { client: GmailClient; requests: SentRequest[] } {
  const { fetch, requests } = answering(...replies);
  const client = new GmailClient({
    auth: 'token',
    fetch,
    limits: [],
    rateLimiter: memoryRateLimiter(),
    retry: IMPATIENT,
    ...options,
  });
  return { client, requests };
}
