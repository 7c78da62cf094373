export * from './errors/index.ts';
export { OAuthClient } from './oauth/oauth-client.ts';
export type { BeginAuthorizationOptions, OAuthClientOptions } from './oauth/oauth-client-options.ts';
export type { AuthorizationTransaction } from './oauth/authorization-transactions.ts';
export {
  authorizationTransactions,
  type AuthorizationTransactions,
} from './oauth/authorization-transactions.ts';
export type { ClientAuthentication, OAuthProvider } from './oauth/provider.ts';
export { clientCredentials, type ClientCredentialsOptions } from './tokens/client-credentials.ts';
export { microsoftEntra } from './oauth/providers/microsoft-entra.ts';
export { identityOf, type Identity } from './oauth/id-token.ts';
export { google } from './oauth/providers/google.ts';
export { type GoogleApp, parseGoogleClientSecret } from './oauth/providers/google.ts';
export { dida365, ticktick } from './oauth/providers/ticktick.ts';
export type { TokenRequestOptions } from './oauth/token-endpoint.ts';
export type { TokenSet } from './oauth/token-set.ts';
export { sha256 } from './crypto/sha256.ts';
export { delay } from './timing/delay.ts';
export { withSoftTimeout } from './timing/timeouts.ts';
export { raceAbort } from './timing/timeouts.ts';
export { isLoopback } from './urls/safe-url.ts';
export { listing, type Listing } from './listing.ts';
export type { RateLimit, RateLimiter, RateLimiterRunOptions } from './limiters/rate-limiter.ts';
export { memoryRateLimiter } from './limiters/memory/memory-rate-limiter.ts';
export type { RateLimiterOptions } from './limiters/limiter-map.ts';
export type { Call, CallOptions, Classify, PipelineOptions } from './http/exchange.ts';
export type { CompleteResponse } from './http/messages.ts';
export { apiErrorFor, type ServiceFailure } from './http/api-error-for.ts';
export { checkedBaseUrl } from './urls/safe-url.ts';
export { fetchRoute, type FetchRouteOptions } from './http/fetch-route.ts';
export type {
  CallEndEvent,
  CallEvent,
  Hooks,
  RateLimitEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  TokenRefreshEvent,
} from './hooks/hooks.ts';
export { retryAfterMs } from './timing/retry-after.ts';
export { oneDeadline } from './http/one-deadline.ts';
export { parseJsonObject } from './json/json-object.ts';
export { createPipeline, type Pipeline } from './http/pipeline.ts';
export type { Safety, RetryOptions } from './http/exchange.ts';
export { checkKey, checkTtl } from './stores/check-arguments.ts';
export { listKeys } from './stores/list-keys.ts';
export { memoryStore } from './stores/memory.ts';
export type { RecordStore, StoredRecord } from './stores/record-store.ts';
export { readLeased, withLease, type Lease, type LeaseOptions } from './leases/with-lease.ts';
export type { AccessTokenOptions, AccessTokenSource } from './tokens/access-token-source.ts';
export { staticToken } from './tokens/access-token-source.ts';
export { TokenManager, type TokenManagerOptions } from './tokens/token-manager.ts';
export type { TokenStatus } from './tokens/token-status.ts';
export { readWebhookBody, type WebhookBodyOptions } from './webhooks/webhook-body.ts';
export type { WebhookEvent } from './webhooks/webhook-event.ts';
