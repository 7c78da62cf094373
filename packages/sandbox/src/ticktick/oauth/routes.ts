import { emptyResponse } from '../../http/responses.ts';
import type { ServiceRequest } from '../../http/service.ts';
import { type OAuthRoute, oauthRoutes } from '../../oauth/routes.ts';
import type { OAuthCall } from '../../oauth/server.ts';

/** Served on both of a region's hosts, because apps use either. */
export const OAUTH_ROUTES: readonly OAuthRoute[] = [
  ...oauthRoutes('/oauth/authorize', '/oauth/token'),
  { operation: 'oauth.revoke', method: 'POST', path: '/oauth/revoke', handle: revoke },
];

/** Revokes the grant behind `token`, sent as multipart or plain form. An unknown token is not an error. */
async function revoke({ server, request }: OAuthCall): Promise<Response> {
  const token = await readToken(request);
  if (token === undefined) return emptyResponse(400);
  const consent = server.grants.consentBehind(token);
  if (consent) consent.revoked = true;
  return emptyResponse();
}

async function readToken({ body, headers }: ServiceRequest): Promise<string | undefined> {
  const contentType = headers.get('content-type') ?? '';
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    const token = form.get('token');
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}
