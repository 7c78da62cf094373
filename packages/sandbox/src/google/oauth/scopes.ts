import { DATA_SCOPES } from '../api/discovered.ts';
import { scopeUrls } from '../api/method.ts';

/** Short names of the sign-in scopes, and what responses call them. */
const LONG_FORMS: Readonly<Record<string, string>> = {
  email: 'https://www.googleapis.com/auth/userinfo.email',
  profile: 'https://www.googleapis.com/auth/userinfo.profile',
};

const SIGN_IN_SCOPES: ReadonlySet<string> = new Set(['openid', ...Object.values(LONG_FORMS)]);

const KNOWN_SCOPES: ReadonlySet<string> = new Set([...SIGN_IN_SCOPES, ...scopeUrls(DATA_SCOPES)]);

/** What a demo asks for. */
export const DEMO_SCOPES: readonly string[] = ['openid', 'email', ...scopeUrls('calendar gmail.compose')];

/** Scopes in their long forms. Undefined if there are none or one is unknown. */
export function parseScopes(words: readonly string[]): string[] | undefined {
  const scopes = [...new Set(words.filter((word) => word !== '').map((word) => LONG_FORMS[word] ?? word))];
  return scopes.length > 0 && scopes.every((scope) => KNOWN_SCOPES.has(scope)) ? scopes : undefined;
}

/** Whether a scope only says who the user is. Those have no check box. */
export function isSignInScope(scope: string): boolean {
  return SIGN_IN_SCOPES.has(scope);
}
