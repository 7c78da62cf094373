import { InvalidRequestError } from '@context-sdk/oauth-core/errors';
import type { PatchOperation } from '../patches/field-operations.ts';

const FIELD = '/fields/';

/**
 * The same error with the field's reference name, where the service gives only the name that people see: that of the field of
 * the patch which ends with it, such as `System.IterationPath` for `Iteration Path`.
 */
export function withReferenceName<E>(error: E, patch: readonly PatchOperation[]): E | InvalidRequestError {
  if (!(error instanceof InvalidRequestError) || error.field === undefined || error.field.includes('.'))
    return error;
  const shown = error.field.replaceAll(' ', '').toLowerCase();
  const sent = patch.flatMap(({ path }) => (path.startsWith(FIELD) ? [path.slice(FIELD.length)] : []));
  const field = sent.find((name) => name.split('.').at(-1)?.toLowerCase() === shown);
  if (field === undefined) return error;
  const { service, status, serviceCode, requestId, details } = error;
  return new InvalidRequestError(error.message, { service, status, serviceCode, requestId, details, field });
}
