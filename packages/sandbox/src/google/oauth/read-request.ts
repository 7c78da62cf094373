import { OAuthFailure } from '../../oauth/failure.ts';
import type { RequestDetails } from '../../oauth/profile.ts';
import { GOOGLE_FAILURES } from './failures.ts';
import { isSignInScope, parseScopes } from './scopes.ts';

/** Google's own parameters beside those of OAuth: `prompt`, `access_type`, `include_granted_scopes`. */
export function readGoogleRequest(params: URLSearchParams): RequestDetails {
  const scopes = parseScopes((params.get('scope') ?? '').split(' '));
  if (!scopes) throw new OAuthFailure(GOOGLE_FAILURES.invalidScope);
  const dataScopes = scopes.filter((scope) => !isSignInScope(scope));
  const details = {
    scopes,
    // With more than one scope beside signing in, each gets a check box.
    optionalScopes: dataScopes.length > 1 ? dataScopes : [],
    prompts: readPrompts(params),
    offline: readChoice(params, 'access_type', ['online', 'offline']) === 'offline',
    includeGranted: readChoice(params, 'include_granted_scopes', ['false', 'true']) === 'true',
  };
  checkChallenge(params);
  return details;
}

function readPrompts(params: URLSearchParams): Set<string> {
  const prompts = new Set((params.get('prompt') ?? '').split(' ').filter((word) => word !== ''));
  const known = [...prompts].every((word) => ['none', 'consent', 'select_account'].includes(word));
  if (!known || (prompts.has('none') && prompts.size > 1)) {
    throw new OAuthFailure('invalid_request: Invalid prompt: {}.', params.get('prompt') ?? '');
  }
  return prompts;
}

/** The first choice is the default. */
function readChoice(params: URLSearchParams, name: string, choices: readonly string[]): string | undefined {
  const value = params.get(name) ?? choices[0];
  if (value === undefined || !choices.includes(value)) {
    throw new OAuthFailure(GOOGLE_FAILURES.invalidParameter, name);
  }
  return value;
}

/** A challenge has to be a SHA-256 digest or, plain, 43 to 128 characters (RFC 7636 §4.1), and no method comes without one. */
function checkChallenge(params: URLSearchParams): void {
  const challenge = params.get('code_challenge');
  const method = params.get('code_challenge_method');
  const form = method === 'S256' ? /^[A-Za-z0-9_-]{43}$/ : /^[\w.~-]{43,128}$/;
  const fits = challenge === null ? method === null : form.test(challenge);
  if (!fits) throw new OAuthFailure(GOOGLE_FAILURES.invalidChallenge);
}
