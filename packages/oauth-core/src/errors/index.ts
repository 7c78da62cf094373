export { AbortedError } from './aborted-error.ts';
export { ApiError, type ApiErrorOptions } from './api-error.ts';
export { ConflictError, InvalidRequestError, NotFoundError, PermissionError } from './api-error.ts';
export { RateLimitError, ServiceUnavailableError } from './api-error.ts';
export { AuthorizationError, type AuthorizationFailure } from './authorization-error.ts';
export { ConfigurationError } from './configuration-error.ts';
export { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';
export { MissingScopeError } from './missing-scope-error.ts';
export { NetworkError } from './network-error.ts';
export {
  ReauthorizationRequiredError,
  type ReauthorizationReason,
} from './reauthorization-required-error.ts';
export { StoreError, type StoreFailure } from './store-error.ts';
export { TimeoutError } from './timeout-error.ts';
export { UnexpectedResponseError } from './unexpected-response-error.ts';
export { WebhookParseError, WebhookVerificationError } from './webhook-errors.ts';
