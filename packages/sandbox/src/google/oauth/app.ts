import type { ConfidentialApp } from '../../oauth/profile.ts';

/** The app that every sandbox knows: a "web application". */
export const DEMO_GOOGLE_APP: ConfidentialApp = {
  clientId: '407408718192-demo.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-demo-secret',
  name: 'Context (demo)',
  redirectUris: ['http://localhost:8000/auth/google/callback', 'http://localhost:8000/callback'],
};
