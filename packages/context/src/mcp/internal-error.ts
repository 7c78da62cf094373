import { ContextSdkError } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import { asError, nameOfError } from '../utils/as-error.ts';

/**
 * What kind of error something of the host's failed with, as far as that can hold no secret: its class, and the code of a system's
 * error.
 */
export function internalError(what: string, thrown: unknown, retryable: boolean): ContextSdkError {
  const name = nameOfError(asError(thrown));
  const kind = /^[A-Z][A-Za-z]{0,40}Error$/.test(name) ? name : 'Error';
  const code = isObject(thrown) ? String(thrown['code']) : '';
  const shown = /^(?:E[A-Z]{2,15}|ERR_[A-Z_]{3,40})$/.test(code) ? ` (${code})` : '';
  return new ContextSdkError('internal', `${what} failed with ${kind}${shown}.`, retryable);
}
