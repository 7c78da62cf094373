import type { OAuthApp } from '../../oauth/profile.ts';
import type { Region } from '../account.ts';

/** An app registered with TickTick. */
export interface TickTickApp extends OAuthApp {
  readonly clientSecret: string;
  /** What the consent page calls it. */
  readonly name: string;
}

/** The app that every sandbox knows, one per region: credentials do not cross over. */
export const DEMO_APPS: Readonly<Record<Region, TickTickApp>> = {
  ticktick: demoApp('ticktick'),
  dida365: demoApp('dida365'),
};

function demoApp(region: Region): TickTickApp {
  return {
    clientId: `demo-app-${region}`,
    clientSecret: `demo-secret-${region}`,
    name: 'Context (demo)',
    redirectUris: ['http://localhost:8000/auth/ticktick/callback', 'http://localhost:8000/callback'],
    anyLoopbackPort: true,
  };
}
