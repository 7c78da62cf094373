import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

/**
 * - `expired`: the access token ended and there is no refresh token;
 * - `revoked`: the provider no longer accepts the refresh token, or the host revoked the connection;
 * - `rejected`: the service refuses an access token that should still be good;
 * - `never-connected`: there is no token under this key;
 * - `refresh-lost`: a rotated refresh token was consumed by a refresh whose answer never arrived.
 */
export type ReauthorizationReason = 'expired' | 'revoked' | 'rejected' | 'never-connected' | 'refresh-lost';

const EXPLANATIONS: Record<ReauthorizationReason, string> = {
  expired: 'the access token has expired and there is no refresh token',
  revoked: 'access was revoked or the refresh token has ended',
  rejected: 'the service rejects the access token',
  'never-connected': 'no token is stored for this connection',
  'refresh-lost': 'a refresh consumed the refresh token and its answer was lost',
};

/** Only the user can help: send them through the sign-in again. */
export class ReauthorizationRequiredError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/ReauthorizationRequiredError';
  override readonly name = 'ReauthorizationRequiredError';
  readonly reason: ReauthorizationReason;
  /** More than the reason says, such as the provider's own words. */
  declare readonly hint?: string;
  /** The provider's own error code, for example `invalid_grant`. */
  declare readonly providerCode?: string;
  /** Of the response that refused the token, if a service did. */
  declare readonly status?: number;
  /** The service's id of the request that it refused. */
  declare readonly requestId?: string;

  constructor(
    reason: ReauthorizationReason,
    options: ContextSdkErrorOptions & {
      hint?: string | undefined;
      providerCode?: string | undefined;
      status?: number | undefined;
      requestId?: string | undefined;
    } = {},
  ) {
    const hint = options.hint ? ` ${options.hint}` : '';
    super(
      'reauthorization_required',
      `The user has to sign in again: ${EXPLANATIONS[reason]}.${hint}`,
      false,
      options,
    );
    this.reason = reason;
    if (options.hint !== undefined) this.hint = options.hint;
    if (options.providerCode !== undefined) this.providerCode = options.providerCode;
    if (options.status !== undefined) this.status = options.status;
    if (options.requestId !== undefined) this.requestId = options.requestId;
  }
}

/**
 * - `state-missing`, `state-mismatch`, `state-repeated`: the callback does not belong to this sign-in;
 * - `transaction-expired`, `transaction-used`: the sign-in was begun too long ago, or already completed;
 * - `code-missing`, `issuer-mismatch`: the callback is not one that this provider sends;
 * - `denied`: the provider sent the user back with an error, usually because they refused;
 * - `exchange-refused`: the provider did not take the authorization code.
 */
export type AuthorizationFailure =
  | 'state-missing'
  | 'state-mismatch'
  | 'state-repeated'
  | 'transaction-expired'
  | 'transaction-used'
  | 'code-missing'
  | 'issuer-mismatch'
  | 'denied'
  | 'exchange-refused';

/** A sign-in did not complete. The way out is always the same: begin a new one. */
export class AuthorizationError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/AuthorizationError';
  override readonly name = 'AuthorizationError';
  readonly reason: AuthorizationFailure;
  /** The provider's own error code, for example `access_denied`. */
  declare readonly providerCode?: string;

  constructor(
    reason: AuthorizationFailure,
    message: string,
    options: ContextSdkErrorOptions & { providerCode?: string | undefined } = {},
  ) {
    super('authorization_failed', message, false, options);
    this.reason = reason;
    if (options.providerCode !== undefined) this.providerCode = options.providerCode;
  }
}

/**
 * The connection has got another grant since the call began: the user signed in again, perhaps with another account.
 * Nothing was sent with the new one. Call again if the call is meant for whoever is connected now.
 */
export class GrantChangedError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/GrantChangedError';
  override readonly name = 'GrantChangedError';

  constructor(options?: ContextSdkErrorOptions) {
    super('grant_changed', 'The connection has another grant than when this call began.', false, options);
  }
}

/** The user's grant lacks a scope that the call needs. Ask for it in a new sign-in. */
export class MissingScopeError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/MissingScopeError';
  override readonly name = 'MissingScopeError';
  readonly missing: readonly string[];

  constructor(missing: readonly string[], options?: ContextSdkErrorOptions) {
    super('missing_scope', `The grant lacks the scope ${missing.join(' ')}.`, false, options);
    this.missing = missing;
  }
}
