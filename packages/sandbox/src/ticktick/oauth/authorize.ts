import { htmlResponse, redirectResponse } from '../../http/responses.ts';
import { acceptsRedirectUri, type TickTickApp } from './app.ts';
import { consentPage, errorPage } from './pages.ts';
import type { OAuthState } from './oauth-state.ts';
import { parseScopes } from './scopes.ts';

/** The user's answer to the consent page; undefined: the page has not been shown yet. */
export type Decision = 'allow' | 'deny' | undefined;

/**
 * The authorization endpoint. An unknown app or redirect URI ends on an error page, never in a redirect; everything
 * else that is wrong goes back to the app.
 */
export function authorize(state: OAuthState, params: URLSearchParams, decision: Decision): Response {
  const app = state.apps.get(params.get('client_id') ?? '');
  if (!app) return htmlResponse(errorPage('This app is not known (invalid_client).'), 401);
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!acceptsRedirectUri(app, redirectUri)) {
    return htmlResponse(errorPage('The redirect URI is not the registered one (invalid_request).'), 400);
  }
  const back = (answer: Record<string, string>): Response =>
    redirectResponse(withParams(redirectUri, answer, params.get('state')));
  const mistake = findMistake(params);
  if (mistake) return back({ error: mistake });
  if (decision === 'deny') return back({ error: 'access_denied' });
  if (decision === undefined && state.consent === 'click') return askForConsent(state, app, params);
  return back({ code: issueCode(state, app, redirectUri, params) });
}

function findMistake(params: URLSearchParams): string | undefined {
  if (params.get('response_type') !== 'code') return 'unsupported_response_type';
  if (!parseScopes(params.get('scope'))) return 'invalid_scope';
  const usesPlainPkce = params.has('code_challenge') && params.get('code_challenge_method') !== 'S256';
  return usesPlainPkce ? 'invalid_request' : undefined;
}

function askForConsent(state: OAuthState, app: TickTickApp, params: URLSearchParams): Response {
  return htmlResponse(consentPage({ appName: app.name, account: state.signedIn, params }));
}

function issueCode(
  state: OAuthState,
  app: TickTickApp,
  redirectUri: string,
  params: URLSearchParams,
): string {
  return state.codes.issue({
    account: state.signedIn,
    clientId: app.clientId,
    redirectUri,
    scopes: parseScopes(params.get('scope')) ?? [],
    codeChallenge: params.get('code_challenge') ?? undefined,
  });
}

function withParams(redirectUri: string, answer: Record<string, string>, state: string | null): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return url.href;
}
