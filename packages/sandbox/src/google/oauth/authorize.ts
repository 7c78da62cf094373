import { htmlResponse, redirectResponse } from '../../http/responses.ts';
import {
  AuthorizationError,
  type AuthorizationRequest,
  hasCheckBoxes,
  readAuthorizationRequest,
} from './authorization-request.ts';
import type { GoogleOAuthState } from './oauth-state.ts';
import { consentPage, errorPage } from './pages.ts';
import { isSignInScope } from './scopes.ts';

/** The consent form as the user sent it. */
export interface Decision {
  readonly allow: boolean;
  /** The boxes that are checked. */
  readonly checked: readonly string[];
}

/** The authorization endpoint: GET shows the page, POST is its form; with automatic consent GET redirects at once. */
export function authorize(state: GoogleOAuthState, params: URLSearchParams, decision?: Decision): Response {
  try {
    const request = readAuthorizationRequest(state, params);
    return decision ? decide(state, request, decision) : begin(state, request, params);
  } catch (error) {
    if (error instanceof AuthorizationError) return htmlResponse(errorPage(error.message), error.status);
    throw error;
  }
}

function begin(state: GoogleOAuthState, request: AuthorizationRequest, params: URLSearchParams): Response {
  const asks = needsConsent(state, request);
  if (asks && request.prompts.has('none')) return back(request, { error: 'interaction_required' });
  const checked = request.scopes.filter((scope) => isChecked(state, request, scope));
  if (asks && state.consent === 'click') return htmlResponse(consentPage(request, checked, params));
  return decide(state, request, { allow: true, checked });
}

function needsConsent(state: GoogleOAuthState, request: AuthorizationRequest): boolean {
  const consent = state.consents.find(request.account.email, request.app.clientId);
  return (
    consent === undefined ||
    request.prompts.has('consent') ||
    (request.offline && !consent.offline) ||
    request.scopes.some((scope) => !consent.scopes.has(scope))
  );
}

/** What was allowed before stays allowed. */
function isChecked(state: GoogleOAuthState, { account, app }: AuthorizationRequest, scope: string): boolean {
  const before = state.consents.find(account.email, app.clientId)?.scopes;
  return !state.deniedScopes.has(scope) || before?.has(scope) === true;
}

function decide(state: GoogleOAuthState, request: AuthorizationRequest, decision: Decision): Response {
  const scopes = request.scopes.filter(
    (scope) => !hasCheckBoxes(request) || isSignInScope(scope) || decision.checked.includes(scope),
  );
  if (!decision.allow || scopes.length === 0) return back(request, { error: 'access_denied' });
  const { account, app, redirectUri, codeChallenge, nonce, prompts, includeGranted, offline } = request;
  const consent = state.consents.extend(account.email, app.clientId, scopes);
  const refreshToken = offline && (prompts.has('consent') || !consent.offline);
  consent.offline ||= refreshToken;
  consent.needsReauthentication = false;
  const granted = includeGranted ? [...new Set([...scopes, ...consent.scopes])] : scopes;
  const grant = { account: account.email, clientId: app.clientId, scopes: granted, consent };
  const code = state.codes.issue({ grant, redirectUri, codeChallenge, nonce, refreshToken });
  return back(request, { code, scope: granted.join(' '), authuser: '0' });
}

function back({ redirectUri, state }: AuthorizationRequest, answer: Record<string, string>): Response {
  const url = new URL(redirectUri);
  if (state !== undefined) url.searchParams.set('state', state);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  return redirectResponse(url.href);
}
