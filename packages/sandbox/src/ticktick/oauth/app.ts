import type { Region } from '../account.ts';

/** An app registered with TickTick. */
export interface TickTickApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the consent page calls it. */
  readonly name: string;
  readonly redirectUris: readonly string[];
  /** Registered http redirect URIs on loopback are good for any port, on localhost and 127.0.0.1 alike. */
  readonly anyLoopbackPort?: boolean;
}

/** The app that every sandbox knows, one per region: credentials do not cross over. */
export const demoApps: Readonly<Record<Region, TickTickApp>> = {
  ticktick: demoApp('ticktick'),
  dida365: demoApp('dida365'),
};

export function acceptsRedirectUri(app: TickTickApp, redirectUri: string): boolean {
  if (app.redirectUris.includes(redirectUri)) return true;
  const generic = withoutLoopbackPort(redirectUri);
  return (
    app.anyLoopbackPort === true &&
    generic !== undefined &&
    app.redirectUris.some((registered) => withoutLoopbackPort(registered) === generic)
  );
}

function withoutLoopbackPort(uri: string): string | undefined {
  const [, rest] = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?(\/[^#]*)$/.exec(uri) ?? [];
  return rest;
}

function demoApp(region: Region): TickTickApp {
  return {
    clientId: `demo-app-${region}`,
    clientSecret: `demo-secret-${region}`,
    name: 'Context (demo)',
    redirectUris: ['http://localhost:8000/auth/ticktick/callback', 'http://localhost:8000/callback'],
    anyLoopbackPort: true,
  };
}
