import type { Sandbox } from '@context-sdk/sandbox';

/** Whether Google still gives access tokens for a refresh token. */
export async function isAlive(sandbox: Sandbox, refreshToken = ''): Promise<boolean> {
  const { clientId, clientSecret } = sandbox.google.app;
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret ?? '',
  });
  const url = 'https://oauth2.googleapis.com/token';
  return (await sandbox.fetch(new Request(url, { method: 'POST', body }))).ok;
}
