import { htmlResponse, redirectResponse } from '../../http/responses.ts';
import { acceptsRedirectUri, type AzureDevOpsApp } from './app.ts';
import { EntraFailure, invalidScope, unknownApp, unknownTenant } from './entra-failure.ts';
import { type EntraState, isKnownTenant } from './entra-state.ts';
import { consentPage, errorPage } from './pages.ts';
import { parseScopes } from './scopes.ts';

/** The user's answer to the consent page; undefined: the page has not been shown yet. */
export type Decision = 'allow' | 'deny' | undefined;

/**
 * The authorization endpoint. An unknown tenant, app or redirect URI ends on an error page, never in a redirect;
 * everything else that is wrong goes back to the app.
 */
export function authorize(
  state: EntraState,
  tenant: string,
  params: URLSearchParams,
  decision: Decision,
): Response {
  const clientId = params.get('client_id') ?? '';
  const app = state.apps.get(clientId);
  if (!isKnownTenant(tenant)) return page(unknownTenant(tenant));
  if (!app) return page(unknownApp(clientId));
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!acceptsRedirectUri(app, redirectUri)) return page(wrongRedirect(redirectUri));
  const back = (answer: Record<string, string>): Response =>
    redirectResponse(withParams(redirectUri, answer, params.get('state')));
  const mistake = findMistake(params, app);
  if (mistake) return back({ error: mistake.error, error_description: mistake.message });
  if (decision === 'deny') {
    return back({
      error: 'access_denied',
      error_description: 'AADSTS65004: User declined to consent to access the app.',
    });
  }
  if (decision === undefined && state.consent === 'click') {
    return htmlResponse(consentPage({ appName: app.name, person: state.signedIn.displayName, params }));
  }
  return back({ code: issueCode(state, app, redirectUri, params), session_state: crypto.randomUUID() });
}

function findMistake(params: URLSearchParams, app: AzureDevOpsApp): EntraFailure | undefined {
  if (params.get('response_type') !== 'code') {
    return new EntraFailure('unsupported_response_type', 700054, "The response_type is not 'code'.");
  }
  const scope = params.get('scope') ?? '';
  if (!parseScopes(scope)) return invalidScope(scope);
  const challenge = params.get('code_challenge');
  if (challenge !== null && params.get('code_challenge_method') !== 'S256') {
    return new EntraFailure('invalid_request', 501491, 'Only the S256 code challenge method is accepted.');
  }
  if (challenge === null && app.clientSecret === undefined) {
    return new EntraFailure('invalid_request', 9002325, 'Proof Key for Code Exchange is required.');
  }
  return undefined;
}

function issueCode(
  state: EntraState,
  { clientId }: AzureDevOpsApp,
  redirectUri: string,
  params: URLSearchParams,
): string {
  const requested = parseScopes(params.get('scope') ?? '');
  if (!requested) throw invalidScope(params.get('scope') ?? '');
  const codeChallenge = params.get('code_challenge') ?? undefined;
  return state.codes.issue({ person: state.signedIn, clientId, redirectUri, requested, codeChallenge });
}

function page(failure: EntraFailure): Response {
  return htmlResponse(errorPage(failure.message), failure.status);
}

function wrongRedirect(redirectUri: string): EntraFailure {
  return new EntraFailure(
    'invalid_request',
    50011,
    `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application.`,
  );
}

function withParams(redirectUri: string, answer: Record<string, string>, state: string | null): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return url.href;
}
