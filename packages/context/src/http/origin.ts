import { PermissionError } from '@context-sdk/oauth-core';
import type { Setup } from '../options/resolved-options.ts';

/**
 * Lets only pages of the host's own origins change something: browsers tell the origin of every POST, and no page can
 * forge it. Throws {@link PermissionError}.
 */
export function checkOrigin({ baseUrl, frontendUrl, allowedReturnTo }: Setup, request: Request): void {
  const origin = request.headers.get('origin');
  const own = [new URL(baseUrl).origin, new URL(frontendUrl).origin, ...allowedReturnTo];
  if (origin !== null && own.includes(origin)) return;
  throw new PermissionError('The request does not come from a page of this site.', { status: 403 });
}
