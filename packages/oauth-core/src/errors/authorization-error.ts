import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

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
