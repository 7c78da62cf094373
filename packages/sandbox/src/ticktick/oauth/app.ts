import type { ConfidentialApp } from '../../oauth/profile.ts';
import type { Region } from '../account.ts';

/** The app that a region always knows. Credentials are not valid in the other region. */
export function demoApp(region: Region): ConfidentialApp {
  return {
    clientId: `demo-app-${region}`,
    clientSecret: `demo-secret-${region}`,
    name: 'Context (demo)',
    redirectUris: ['http://localhost:8000/auth/ticktick/callback', 'http://localhost:8000/callback'],
    anyLoopbackPort: true,
  };
}
