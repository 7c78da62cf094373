import { isObject } from '@context-sdk/oauth-core/client-kit';
import { ApiError } from '@context-sdk/oauth-core/errors';

/**
 * Whether Google refuses a position: with 410, for various reasons or none, or with 400 at `syncToken` or `pageToken`; so it
 * does with the token of another account or calendar. See `docs/facts/google.md`.
 */
export function isRefusedPosition(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const { status, details } = error;
  const refused = locationsIn(details);
  return (
    status === 410 || (status === 400 && (refused.includes('syncToken') || refused.includes('pageToken')))
  );
}

/** The parameters at fault, in Google's error envelope. */
function locationsIn(details: unknown): unknown[] {
  const errors: unknown = isObject(details) ? details['errors'] : undefined;
  return Array.isArray(errors)
    ? errors.map((one: unknown) => (isObject(one) ? one['location'] : undefined))
    : [];
}
