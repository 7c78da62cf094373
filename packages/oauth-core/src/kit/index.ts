/** What is needed to write a client of a service: one `call`, tables of operations, bulk work, checks, times. */
export {
  afterCreating,
  type BulkContext,
  bulkError,
  mayHaveHappened,
  settleLostResponse,
  unlessFailed,
  unsettled,
} from './bulk/lost-responses.ts';
export { type Checked, checkEach, type Chunk, chunksOf, inChunks, newOutcomes } from './bulk/in-chunks.ts';
export type { BulkOptions, BulkOutcome, BulkProgress } from './bulk/outcome.ts';
export {
  CALL_OPTIONS,
  type CheckedCallOptions,
  checkedCallOptions,
  type OwnArgument,
  type OwnOptions,
} from './call-options.ts';
export { classifyByStatus, type ReadFailure } from './classify-by-status.ts';
export { defineService, type ServiceDefinition, type ServiceOptions } from './define-service.ts';
export { type AccountSource, identifyAccount } from './identify-account.ts';
export { cleanLine, cleanText } from './foreign-text.ts';
export { mapAhead } from './map-ahead.ts';
export type { HttpOperation, HttpRequest, Operation, Operations, PathValue } from './operation.ts';
export { pages } from './pages.ts';
export { fillPath, path, requestUrl } from './request-url.ts';
export { type RequiredMembers, ServiceResponse } from './response.ts';
export { type Invalid, serviceErrors, type ServiceErrors, unlessNotFound } from './service-errors.ts';
export type { SendOptions, Service, ServiceCall } from './service.ts';
export { addDays, checkedDay, dayOf, startOfDay } from './time/day.ts';
export {
  checkedDate,
  type CheckedInstant,
  checkedInstant,
  checkedTimeRange,
  type Instant,
  parseInstant,
  type TimeRange,
} from './time/instant.ts';
export { DAY_MS, isDay, MINUTE_MS, readTime, type WrittenTime } from './time/rfc3339.ts';
export { checkedTimeZone, instantOfClock, isTimeZone, offsetAt, zonedText } from './time/zone.ts';
export { jsonWire, type Outgoing, readJson, type Wire } from './wire.ts';

export { readBytes, type ReadBytesOptions } from '../bytes/read-bytes.ts';
export { type ByteStream, readChunks } from '../bytes/read-chunks.ts';
export { fromBase64, toBase64 } from '../crypto/base64.ts';
export { sha256 } from '../crypto/sha256.ts';
export { CLOCK_TOLERANCE_MS, reportClockSkew } from '../hooks/clock-skew.ts';
export { apiErrorFor, beginningOf, type ServiceFailure } from '../http/api-error-for.ts';
export type {
  Call,
  CallOptions,
  Classify,
  CompleteResponse,
  CredentialProbe,
  PipelineOptions,
  Safety,
} from '../http/exchange.ts';
export { isPage } from '../json/is-page.ts';
export type { FetchRouteOptions } from '../http/fetch-route.ts';
export { createPipeline, type Pipeline, processRateLimiter } from '../http/pipeline.ts';
export {
  isObject,
  omitUndefined,
  parseJsonObject,
  textOf,
  type WithoutUndefined,
} from '../json/json-object.ts';
export { listing, type Listing } from '../listing.ts';
export { HOOKS } from '../hooks/hooks.ts';
export { tellListener } from '../hooks/tell-listener.ts';
export { RETRY_OPTIONS } from '../http/retry.ts';
export {
  checkObject,
  checkOptions,
  type OptionTable,
  type OptionType,
  type OptionTypes,
} from '../options/option-types.ts';
export { withoutSecrets } from '../redaction/without-secrets.ts';
export { hideFromInspect } from '../redaction/hide-from-inspect.ts';
export { fixedSource } from '../tokens/access-token-source.ts';
export { credentialOf } from '../tokens/credential-of.ts';
export { delay } from '../timing/delay.ts';
export { loadedOnce } from '../timing/loaded-once.ts';
export { retryAfterMs, serviceTime } from '../timing/retry-after.ts';
export { raceAbort, withSoftTimeout } from '../timing/timeouts.ts';
export { checkedBaseUrl, isLoopback } from '../urls/safe-url.ts';
export { readWebhookBody, type WebhookBodyOptions } from '../webhooks/webhook-body.ts';
