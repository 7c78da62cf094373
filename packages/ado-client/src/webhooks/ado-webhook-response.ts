import { WebhookParseError, WebhookVerificationError } from '@context-sdk/oauth-core/errors';

/**
 * The answer to a delivery that does to its subscription what is meant. Azure DevOps delivers again after 408, 502, 503
 * and 504 alone, eight times within four minutes; 410 disables a subscription at once, and any other failure, 500 among
 * them, puts it on probation, and 36 hours later out of service (docs/facts/azure-devops.md#delivery-and-probation). So:
 *
 * - without an error 204, also for events that you do not want;
 * - for an error of your own 503: it comes again;
 * - for one that can't be read 204: it would not get better;
 * - for one without the secret 401: it does not come from your subscription, or that has another secret.
 */
export function adoWebhookResponse(error?: unknown): Response {
  if (error instanceof WebhookVerificationError) return new Response(null, { status: 401 });
  const isFine = error === undefined || error instanceof WebhookParseError;
  return new Response(null, { status: isFine ? 204 : 503 });
}
