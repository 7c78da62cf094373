import { htmlResponse, redirectResponse } from '../http/responses.ts';
import { bodyText } from '../http/service.ts';
import { type AuthorizationRequest, readRequest, readTarget, type Target } from './authorization-request.ts';
import { OAuthFailure } from './failure.ts';
import type { Consent } from './grants.ts';
import { consentPage, errorPage, postingPage } from './pages.ts';
import { failure, type OAuthCall, type OAuthServer } from './server.ts';

const CODE_LIFETIME_MS = 10 * 60_000;

/** The consent form as the user sent it. */
interface Decision {
  readonly allow: boolean;
  /** The optional scopes that are checked. */
  readonly checked: readonly string[];
}

/** The authorization page. With automatic consent it redirects at once. */
export function authorize({ server, request, path }: OAuthCall): Response {
  return respond(server, path, request.query);
}

/** The consent page's form. Anything but a clear yes is a no. */
export function decideConsent({ server, request, path }: OAuthCall): Response {
  const form = new URLSearchParams(bodyText(request));
  const decision = { allow: form.get('decision') === 'allow', checked: form.getAll('granted') };
  return respond(server, path, form, decision);
}

/** An unknown app or redirect URI ends on an error page, never in a redirect. */
function respond(
  server: OAuthServer,
  path: OAuthCall['path'],
  params: URLSearchParams,
  decision?: Decision,
): Response {
  const { profile } = server;
  let target: Target | undefined;
  try {
    profile.checkPath?.(path);
    target = readTarget(server, params);
    const request = readRequest(server, params, target);
    return decision ? decide(server, request, decision) : begin(server, request);
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error;
    if (target && profile.redirectsMistakes) return sendBack(target, error);
    return htmlResponse(errorPage(error, profile.pages), error.status);
  }
}

function begin(server: OAuthServer, request: AuthorizationRequest): Response {
  const { grants, deniedScopes, consent, profile } = server;
  const before = grants.findConsent(request.account, request.app.clientId);
  const asks = needsConsent(request, before);
  if (asks && request.prompts.has('none')) return sendBack(request, new OAuthFailure('interaction_required'));
  const checked = request.optionalScopes.filter(
    (scope) => !deniedScopes.has(scope) || before?.scopes.has(scope) === true,
  );
  if (asks && consent === 'click') return htmlResponse(consentPage(request, checked, profile.pages));
  return decide(server, request, { allow: true, checked });
}

function needsConsent(request: AuthorizationRequest, before: Consent | undefined): boolean {
  return (
    before === undefined ||
    request.prompts.has('consent') ||
    (request.offline && !before.offline) ||
    request.scopes.some((scope) => !before.scopes.has(scope))
  );
}

function decide(server: OAuthServer, request: AuthorizationRequest, { allow, checked }: Decision): Response {
  const { grants, profile, codes, clock } = server;
  const { account, app, optionalScopes, prompts, redirectUri, codeChallenge, params } = request;
  const scopes = request.scopes.filter((scope) => !optionalScopes.includes(scope) || checked.includes(scope));
  if (!allow || (scopes.length === 0 && request.openId.length === 0))
    return sendBack(request, failure(server, 'accessDenied'));
  const consent = grants.extendConsent(account, app.clientId, scopes);
  const offline = request.offline && (prompts.has('consent') || !consent.offline);
  consent.offline ||= offline;
  consent.needsReauthentication = false;
  const granted = request.includeGranted ? [...new Set([...scopes, ...consent.scopes])] : scopes;
  const code = profile.newCode();
  codes.set(code, {
    grant: { consent, scopes: granted, offline, openId: request.openId },
    redirectUri,
    codeChallenge,
    nonce: params.get('nonce') ?? undefined,
    expiresAt: clock.now() + CODE_LIFETIME_MS,
    used: false,
  });
  return redirect(request, { code, ...profile.callbackFields?.(granted) });
}

function sendBack(target: Target, { error, message }: OAuthFailure): Response {
  return redirect(target, { error, ...(message !== '' && { error_description: message }) });
}

function redirect({ redirectUri, state, responseMode }: Target, fields: Record<string, string>): Response {
  const all = { ...fields, ...(state !== null && { state }) };
  if (responseMode === 'form_post') return htmlResponse(postingPage(redirectUri, all));
  const url = new URL(redirectUri);
  if (responseMode === 'fragment') url.hash = new URLSearchParams(all).toString();
  else for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return redirectResponse(url.href);
}
