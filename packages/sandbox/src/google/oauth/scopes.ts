import { scopeUrls } from '../api/method.ts';

/** Short names of the sign-in scopes, and what responses call them. */
const LONG_FORMS: Readonly<Record<string, string>> = {
  email: 'https://www.googleapis.com/auth/userinfo.email',
  profile: 'https://www.googleapis.com/auth/userinfo.profile',
};

const SIGN_IN_SCOPES: ReadonlySet<string> = new Set(['openid', ...Object.values(LONG_FORMS)]);

const DATA_SCOPES: ReadonlySet<string> = new Set([
  'https://mail.google.com/',
  ...scopeUrls(
    'calendar calendar.acls calendar.acls.readonly calendar.app.created calendar.calendarlist ' +
      'calendar.calendarlist.readonly calendar.calendars calendar.calendars.readonly calendar.events ' +
      'calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly ' +
      'calendar.events.public.readonly calendar.events.readonly calendar.freebusy calendar.readonly ' +
      'calendar.settings.readonly',
  ),
  ...scopeUrls(
    'gmail.addons.current.action.compose gmail.addons.current.message.action ' +
      'gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.compose ' +
      'gmail.insert gmail.labels gmail.metadata gmail.modify gmail.readonly gmail.send ' +
      'gmail.settings.basic gmail.settings.sharing',
  ),
]);

/** What a demo asks for. */
export const DEMO_SCOPES: readonly string[] = ['openid', 'email', ...scopeUrls('calendar gmail.compose')];

/** Scopes in their long forms. Undefined if there are none or one is unknown. */
export function parseScopes(words: readonly string[]): string[] | undefined {
  const scopes = [...new Set(words.filter((word) => word !== '').map((word) => LONG_FORMS[word] ?? word))];
  const known = scopes.every((scope) => SIGN_IN_SCOPES.has(scope) || DATA_SCOPES.has(scope));
  return scopes.length > 0 && known ? scopes : undefined;
}

/** Whether a scope only says who the user is. Those have no check box. */
export function isSignInScope(scope: string): boolean {
  return SIGN_IN_SCOPES.has(scope);
}
