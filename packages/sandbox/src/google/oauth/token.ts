import { jsonResponse } from '../../http/responses.ts';
import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { authenticateClient } from './client-authentication.ts';
import { exchangeCode } from './exchange-code.ts';
import { invalidRequest, OAuthFailure } from './oauth-failure.ts';
import type { GoogleOAuthState } from './oauth-state.ts';
import { refresh } from './refresh.ts';
import { tokenAnswer } from './token-answer.ts';

/** The token endpoint: forms only, and no answer may be cached. */
export async function token(state: GoogleOAuthState, request: ServiceRequest): Promise<Response> {
  state.stats.tokenRequests += 1;
  try {
    const answer = await answerFor(state, request);
    return jsonResponse(answer, 200, { 'cache-control': 'no-store', pragma: 'no-cache' });
  } catch (error) {
    if (error instanceof OAuthFailure) return error.toResponse();
    throw error;
  }
}

async function answerFor(state: GoogleOAuthState, request: ServiceRequest): Promise<object> {
  const form = readForm(request);
  const app = authenticateClient(request.headers.get('authorization'), form, state.apps);
  const grantType = form.get('grant_type') ?? '';
  if (grantType === 'refresh_token') return tokenAnswer(state, refresh(state, form, app));
  if (grantType !== 'authorization_code') {
    throw new OAuthFailure('unsupported_grant_type', `Invalid grant_type: ${grantType}`);
  }
  const { grant, nonce, refreshToken } = await exchangeCode(state, form, app);
  return {
    ...(await tokenAnswer(state, grant, nonce)),
    ...(refreshToken && { refresh_token: state.grants.issueRefreshToken(grant) }),
  };
}

function readForm(request: ServiceRequest): URLSearchParams {
  const contentType = request.headers.get('content-type') ?? '';
  if (!contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw invalidRequest('The body must be application/x-www-form-urlencoded.');
  }
  return new URLSearchParams(bodyText(request));
}
