/** What hosts use: sign-in, tokens that stay fresh, limits, stores in memory, and the errors of all clients. */
export * from './errors/index.ts';

// Get a token.
export {
  type AuthorizationTransaction,
  authorizationTransactions,
  type AuthorizationTransactions,
} from './oauth/authorization-transactions.ts';
export type { AssertionRequest, ClientAssertion } from './oauth/client-assertion.ts';
export { type Identity, identityOf } from './oauth/id-token.ts';
export type {
  BeginAuthorizationOptions,
  DpopKeys,
  OAuthClientOptions,
} from './oauth/oauth-client-options.ts';
export { OAuthClient } from './oauth/oauth-client.ts';
export type { TokenRequestOptions } from './oauth/token-endpoint.ts';
export type { TokenSet } from './oauth/token-set.ts';

// Keep it fresh.
export type { RecordStore, StoredRecord, TokenStore } from './stores/record-store.ts';
export { memoryStore } from './stores/memory.ts';
export type {
  ClaimedJob,
  ClaimOptions,
  JobPlanOptions,
  Schedule,
  Shard,
} from './stores/schedule/schedule.ts';
export {
  type AccessTokenOptions,
  type AccessTokenSource,
  type Credential,
  type CredentialOptions,
  staticToken,
  type StaticTokenOptions,
} from './tokens/access-token-source.ts';
export { clientCredentials, type ClientCredentialsOptions } from './tokens/client-credentials.ts';
export type {
  AroundRevocation,
  GrantToRevoke,
  PendingRevocation,
  RevocationAttempt,
  RevocationOutcome,
  RevocationReport,
} from './tokens/outbox/pending-revocation.ts';
export {
  type RevocationOutbox,
  revocationOutbox,
  type RevocationOutboxOptions,
} from './tokens/outbox/revocation-outbox.ts';
export type { TokenManagerOptions } from './tokens/token-manager-options.ts';
export { type RevokeOptions, TokenManager } from './tokens/token-manager.ts';
export type { TokenStatus } from './tokens/token-status.ts';

// Spend it politely.
export type { CallOptions, RetryOptions, Safety } from './http/exchange.ts';
export type { FetchRouteOptions } from './http/fetch-route.ts';
export type { RateLimiterOptions } from './limiters/limiter-map.ts';
export { memoryRateLimiter } from './limiters/memory/memory-rate-limiter.ts';
export type {
  ConcurrencyLimit,
  RateLimit,
  RateLimiter,
  RateLimiterRunOptions,
  WindowLimit,
} from './limiters/rate-limiter.ts';
export type { Listing } from './listing.ts';

// Watch what happens.
export type { AuditEvent } from './hooks/audit-event.ts';
export type {
  CallEndEvent,
  CallEvent,
  ClockSkewEvent,
  Hooks,
  RateLimitEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  SkippedEvent,
  TokenRefreshEvent,
} from './hooks/hooks.ts';
export type { WebhookEvent } from './webhooks/webhook-event.ts';
