import { GoogleCalendarClient, type GoogleCalendarClientOptions } from '@context-sdk/google-workspace';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { answering, IMPATIENT, type Reply, type SentRequest } from '@context-sdk/test-support';

/** A client of a Google that gives these answers, and what it was asked. */
export function clientOf(
  replies: readonly Reply[],
  options: Partial<GoogleCalendarClientOptions> = {},
): { client: GoogleCalendarClient; requests: SentRequest[] } {
  const { fetch, requests } = answering(...replies);
  const client = new GoogleCalendarClient({
    auth: 'token',
    fetch,
    limits: [],
    rateLimiter: memoryRateLimiter(),
    retry: IMPATIENT,
    ...options,
  });
  return { client, requests };
}
