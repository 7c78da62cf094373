import type { OAuthApp } from '../../oauth/profile.ts';

/** An OAuth client registered with Google (a "web application"). */
export interface GoogleApp extends OAuthApp {
  readonly clientSecret: string;
}

/** The app that every sandbox knows. */
export const DEMO_GOOGLE_APP: GoogleApp = {
  clientId: '407408718192-demo.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-demo-secret',
  name: 'Context (demo)',
  redirectUris: ['http://localhost:8000/auth/google/callback', 'http://localhost:8000/callback'],
};
