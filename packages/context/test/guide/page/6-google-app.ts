import type { EnvironmentOverrides } from '@context-sdk/context';
import { parseGoogleClientSecret } from '@context-sdk/context/providers';

/** For `createApp(process.env, googleApp(await readFile('client_secret.json', 'utf8')))`. */
export function googleApp(clientSecretJson: string): EnvironmentOverrides {
  const { clientId, clientSecret, redirectUris } = parseGoogleClientSecret(clientSecretJson);
  const scopes = [
    'https://www.googleapis.com/auth/calendar',
    'https://www.googleapis.com/auth/gmail.compose',
  ];
  return { providers: { google: { clientId, clientSecret, redirectUri: redirectUris[0], scopes } } };
}
