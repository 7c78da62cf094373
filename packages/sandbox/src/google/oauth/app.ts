/** An OAuth client registered with Google (a "web application"). */
export interface GoogleApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the consent page calls it. Default: the client id. */
  readonly name?: string;
  /** Compared character by character; for http on loopback the port does not count. */
  readonly redirectUris: readonly string[];
}

/** The app that every sandbox knows. */
export const demoGoogleApp: GoogleApp = {
  clientId: '407408718192-demo.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-demo-secret',
  name: 'Context (demo)',
  redirectUris: ['http://localhost:8000/auth/google/callback', 'http://localhost:8000/callback'],
};

export function acceptsRedirectUri(app: GoogleApp, redirectUri: string): boolean {
  const generic = withoutLoopbackPort(redirectUri);
  return app.redirectUris.some((registered) => withoutLoopbackPort(registered) === generic);
}

function withoutLoopbackPort(uri: string): string {
  return uri.replace(/^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\d+(?=\/|$)/, '$1');
}
