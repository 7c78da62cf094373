import { ApiError } from '@context-sdk/oauth-core/errors';

/** As Google writes them: `syncToken`, `sync_token`, "Invalid sync token value." */
const POSITION = /(?:sync|page)[ _]?token/i;

/**
 * Whether Google refuses a position: with 410, for various reasons or none, or with 400 that names `syncToken` or `pageToken`,
 * wherever in the envelope; so it does with the token of another account or calendar. See `docs/facts/google.md`.
 */
export function isRefusedPosition(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const { status, details = '' } = error;
  return status === 410 || (status === 400 && POSITION.test(JSON.stringify(details)));
}
