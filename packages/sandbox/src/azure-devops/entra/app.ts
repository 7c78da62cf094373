/** An app registered with Entra ID. */
export interface AzureDevOpsApp {
  readonly clientId: string;
  /** Undefined for a public client, which proves itself by PKCE alone. */
  readonly clientSecret?: string;
  /** What the consent page calls it. */
  readonly name: string;
  /** A registered http redirect URI on localhost is good for any port. */
  readonly redirectUris: readonly string[];
}

const redirectUris = ['http://localhost:8000/auth/azure-devops/callback', 'http://localhost:8000/callback'];

/** The web app that every sandbox knows. */
export const demoApp: AzureDevOpsApp = {
  clientId: '5f3e2b1a-8c47-4d90-b6e1-92a7c0d4f811',
  clientSecret: 'demo-secret-azure-devops',
  name: 'Context (demo)',
  redirectUris,
};

/** The same as a native app, without a secret. */
export const demoPublicApp: AzureDevOpsApp = {
  clientId: '0c9d4e77-31fa-4b2e-a5d8-6e7f1b3c2a90',
  name: 'Context on the command line (demo)',
  redirectUris,
};

export function acceptsRedirectUri(
  { redirectUris: registered }: AzureDevOpsApp,
  redirectUri: string,
): boolean {
  return registered.some((uri) => uri === redirectUri || withoutPort(uri) === withoutPort(redirectUri));
}

/** A localhost URI without its port; any other URI stays as it is. */
function withoutPort(uri: string): string {
  return uri.replace(/^http:\/\/(localhost|127\.0\.0\.1)(?::\d+)?\//, 'http://$1/');
}
