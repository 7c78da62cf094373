import { jsonResponse } from '../../http/responses.ts';
import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { OAuthFailure } from './oauth-failure.ts';
import type { GoogleOAuthState } from './oauth-state.ts';

/** Takes back the consent behind an access or refresh token, from the form or (as Google's library does) the query. */
export function revoke({ grants }: GoogleOAuthState, request: ServiceRequest): Response {
  const form = new URLSearchParams(bodyText(request));
  const token = form.get('token') ?? request.query.get('token');
  if (token === null) return new OAuthFailure('invalid_request', 'Missing token').toResponse();
  const consent = grants.consentBehind(token);
  if (!consent) return new OAuthFailure('invalid_token', 'Token expired or revoked').toResponse();
  consent.revoked = true;
  return jsonResponse({});
}
