import { emptyResponse, htmlResponse, redirectResponse } from '../../http/responses.ts';
import type { ServiceRequest } from '../../http/service.ts';
import { unauthorized } from '../failures.ts';

/** How a credential that is missing or not good is answered. */
export type Refusals = 'real' | 'page' | 'redirect' | 'unauthorized';

/** Where browsers sign in. */
export const SIGN_IN_HOST = 'app.vssps.visualstudio.com';

/**
 * Azure DevOps refuses in three ways (docs/facts/azure-devops.md#refused-credentials): a sign-in page with the status 203 for GET and POST, a
 * redirect to it if there is no credential, and a 401 for PATCH or if `X-TFS-FedAuthRedirect: Suppress` asks for one.
 */
export function refuse(request: ServiceRequest, found: 'nobody' | 'unknown', refusals: Refusals): Response {
  switch (refusals === 'real' ? realRefusal(request, found) : refusals) {
    case 'page':
      return htmlResponse(SIGN_IN_PAGE, 203);
    case 'redirect':
      return redirectResponse(signInUrl(request));
    default:
      return found === 'nobody' ? emptyResponse(401, CHALLENGE) : unauthorized(401, '').toResponse(CHALLENGE);
  }
}

function realRefusal(
  { method, headers }: ServiceRequest,
  found: 'nobody' | 'unknown',
): Exclude<Refusals, 'real'> {
  const isSuppressed = headers.get('x-tfs-fedauthredirect')?.toLowerCase() === 'suppress';
  if (found === 'nobody') return isSuppressed ? 'unauthorized' : 'redirect';
  return method === 'GET' || method === 'POST' ? 'page' : 'unauthorized';
}

function signInUrl({ host, path }: ServiceRequest): string {
  const url = new URL(`https://${SIGN_IN_HOST}/_signin`);
  url.searchParams.set('realm', host);
  url.searchParams.set('reply_to', `https://${host}${path}`);
  return url.href;
}

export const SIGN_IN_PAGE = `<!DOCTYPE html><html lang="en-US"><head><title>Azure DevOps Services | Sign In</title></head><body></body></html>`;

const CHALLENGE = { 'www-authenticate': 'Bearer, Basic realm="https://dev.azure.com/"' };
