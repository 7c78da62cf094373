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

  constructor(
    reason: ReauthorizationReason,
    options: ContextSdkErrorOptions & { hint?: string | undefined } = {},
  ) {
    const hint = options.hint ? ` ${options.hint}` : '';
    super(
      'reauthorization_required',
      `The user has to sign in again: ${EXPLANATIONS[reason]}.${hint}`,
      false,
      options,
    );
    this.reason = reason;
  }
}
