import type { OAuthApp } from '../../oauth/profile.ts';

const REDIRECT_URIS = ['http://localhost:8000/auth/azure-devops/callback', 'http://localhost:8000/callback'];

/** The web app that every sandbox knows. */
export const DEMO_APP: OAuthApp = {
  clientId: '5f3e2b1a-8c47-4d90-b6e1-92a7c0d4f811',
  clientSecret: 'demo-secret-azure-devops',
  name: 'Context (demo)',
  redirectUris: REDIRECT_URIS,
};

/** The same as a native app, without a secret. */
export const DEMO_PUBLIC_APP: OAuthApp = {
  clientId: '0c9d4e77-31fa-4b2e-a5d8-6e7f1b3c2a90',
  name: 'Context on the command line (demo)',
  redirectUris: REDIRECT_URIS,
};
