import type { GoogleAccount } from '../accounts.ts';
import { acceptsRedirectUri, type GoogleApp } from './app.ts';
import type { GoogleOAuthState } from './oauth-state.ts';
import { isSignInScope, parseScopes } from './scopes.ts';

/** What an app asks the user for. */
export interface AuthorizationRequest {
  readonly app: GoogleApp;
  readonly redirectUri: string;
  /** Who is asked. */
  readonly account: GoogleAccount;
  /** In their long forms. */
  readonly scopes: readonly string[];
  readonly prompts: ReadonlySet<string>;
  readonly offline: boolean;
  readonly includeGranted: boolean;
  readonly state: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
}

/** A request that ends on an error page: Google sends almost no mistake back to the app. */
export class AuthorizationError extends Error {
  override readonly name = 'AuthorizationError';
  readonly status: number;

  constructor(error: string, description: string, status = 400) {
    super(`Error ${status}: ${error}. ${description}`);
    this.status = status;
  }
}

export function readAuthorizationRequest(
  state: GoogleOAuthState,
  params: URLSearchParams,
): AuthorizationRequest {
  const app = state.apps.get(params.get('client_id') ?? '');
  if (!app) throw new AuthorizationError('invalid_client', 'The OAuth client was not found.', 401);
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!acceptsRedirectUri(app, redirectUri)) {
    throw new AuthorizationError('redirect_uri_mismatch', 'The redirect URI is not a registered one.');
  }
  if (params.get('response_type') !== 'code') {
    throw new AuthorizationError('unsupported_response_type', 'The response type must be code.');
  }
  return {
    app,
    redirectUri,
    account: whoIsAsked(state, params.get('login_hint')),
    scopes: readScopes(params),
    prompts: readPrompts(params),
    offline: readChoice(params, 'access_type', ['online', 'offline']) === 'offline',
    includeGranted: readChoice(params, 'include_granted_scopes', ['false', 'true']) === 'true',
    state: params.get('state') ?? undefined,
    codeChallenge: readChallenge(params),
    nonce: params.get('nonce') ?? undefined,
  };
}

/** With more than one scope beside signing in, each gets a check box. */
export function hasCheckBoxes({ scopes }: AuthorizationRequest): boolean {
  return scopes.filter((scope) => !isSignInScope(scope)).length > 1;
}

/** A hint that names an account, by address or id, chooses it. */
function whoIsAsked({ accounts, signedIn }: GoogleOAuthState, hint: string | null): GoogleAccount {
  const hinted = accounts.all.find(({ email, sub }) => hint === email || hint === sub);
  return hinted ?? accounts.get(signedIn);
}

function readScopes(params: URLSearchParams): string[] {
  const scopes = parseScopes((params.get('scope') ?? '').split(' '));
  if (!scopes) throw new AuthorizationError('invalid_scope', 'Some requested scopes were invalid.');
  return scopes;
}

function readPrompts(params: URLSearchParams): Set<string> {
  const prompts = new Set((params.get('prompt') ?? '').split(' ').filter((word) => word !== ''));
  const known = [...prompts].every((word) => ['none', 'consent', 'select_account'].includes(word));
  if (!known || (prompts.has('none') && prompts.size > 1)) {
    throw new AuthorizationError('invalid_request', `Invalid prompt: ${params.get('prompt')}.`);
  }
  return prompts;
}

/** The first choice is the default. */
function readChoice(params: URLSearchParams, name: string, choices: readonly string[]): string | undefined {
  const value = params.get(name) ?? choices[0];
  if (value === undefined || !choices.includes(value)) {
    throw new AuthorizationError('invalid_request', `Invalid parameter value for ${name}.`);
  }
  return value;
}

/** PKCE: S256 only, although Google's metadata lists `plain`, too. */
function readChallenge(params: URLSearchParams): string | undefined {
  const challenge = params.get('code_challenge') ?? undefined;
  const method = params.get('code_challenge_method');
  const fits = challenge === undefined ? method === null : method === 'S256' && isSha256(challenge);
  if (!fits) throw new AuthorizationError('invalid_request', 'Invalid code challenge.');
  return challenge;
}

function isSha256(challenge: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(challenge);
}
