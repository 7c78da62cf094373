/** The OAuth providers of the services, and what is needed to describe another. */
export type { ClientAuthentication, Identify, OAuthProvider, ProviderAccount } from '../provider.ts';
export { google, type GoogleApp, parseGoogleClientSecret } from './google.ts';
export { microsoftEntra } from './microsoft-entra.ts';
export { dida365, ticktick } from './ticktick.ts';
