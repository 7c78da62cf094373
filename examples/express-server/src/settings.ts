import { ConfigurationError, ticktick, type OAuthProvider, type RateLimit } from '@context-sdk/oauth-core';
import * as z from 'zod';

export interface Settings {
  provider: OAuthProvider;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  backendUrl: URL;
  frontendUrl: URL;
  /** Where TickTick's API is, and how it speaks, if not at its own address. */
  api?: { baseUrl: string; dialect: 'official' | 'guide'; limits?: readonly RateLimit[] };
}

const present = z.string({ error: 'is missing' }).min(1, 'is empty');
const url = present.pipe(z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }));

const Environment = z.object({
  TICKTICK_CLIENT_ID: present,
  TICKTICK_CLIENT_SECRET: present,
  TICKTICK_REDIRECT_URI: url,
  BACKEND_URL: url,
  FRONTEND_URL: url,
});

/** The integration guide's variables. Throws one error that names every variable that is missing or malformed. */
export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
    throw new ConfigurationError(`The environment is not complete:\n${problems.join('\n')}`);
  }
  const { data } = parsed;
  return {
    provider: ticktick,
    clientId: data.TICKTICK_CLIENT_ID,
    clientSecret: data.TICKTICK_CLIENT_SECRET,
    redirectUri: data.TICKTICK_REDIRECT_URI,
    backendUrl: new URL(data.BACKEND_URL),
    frontendUrl: new URL(data.FRONTEND_URL),
  };
}
