import {
  ConfigurationError,
  google,
  ticktick,
  type OAuthProvider,
  type RateLimit,
} from '@context-sdk/oauth-core';
import * as z from 'zod';

/** The host's app at a provider. */
export interface App {
  provider: OAuthProvider;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

export interface TickTickApp extends App {
  /** Where TickTick's API is, and how it speaks, if not at its own address. */
  api?: { baseUrl: string; dialect: 'official' | 'guide'; limits?: readonly RateLimit[] };
}

export interface GoogleApp extends App {
  /** Where the APIs are, if not at their own addresses. */
  calendarUrl?: string;
  gmailUrl?: string;
  /** Where Gmail publishes what happens, and whose push subscription brings it here. */
  push?: { topicName: string; serviceAccount: string; fetch?: typeof fetch };
}

export interface Settings {
  ticktick: TickTickApp;
  /** Absent where the environment names no Google app. */
  google?: GoogleApp;
  backendUrl: URL;
  frontendUrl: URL;
}

const present = z.string({ error: 'is missing' }).min(1, 'is empty');
const url = present.pipe(z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }));

const Required = z.object({
  TICKTICK_CLIENT_ID: present,
  TICKTICK_CLIENT_SECRET: present,
  TICKTICK_REDIRECT_URI: url,
  BACKEND_URL: url,
  FRONTEND_URL: url,
});

const Google = z.object({
  GOOGLE_CLIENT_ID: present,
  GOOGLE_CLIENT_SECRET: present,
  GOOGLE_REDIRECT_URI: url,
});

const GmailPush = z.object({
  GMAIL_PUBSUB_TOPIC: present,
  GMAIL_PUSH_SERVICE_ACCOUNT: present,
});

/** What the schema reads; undefined where none of its variables is set: some without the others are a mistake. */
function readIfSet<T extends z.ZodObject>(
  schema: T,
  environment: NodeJS.ProcessEnv,
): ReturnType<T['safeParse']> | undefined {
  const isSet = Object.keys(schema.shape).some((name) => environment[name] !== undefined);
  return isSet ? (schema.safeParse(environment) as ReturnType<T['safeParse']>) : undefined;
}

/** The integration guide's variables. Throws one error that names every variable that is missing or malformed. */
export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
  const required = Required.safeParse(environment);
  const ofGoogle = readIfSet(Google, environment);
  const ofGmail = readIfSet(GmailPush, environment);
  const issues = [required, ofGoogle, ofGmail].flatMap((result) => result?.error?.issues ?? []);
  if (!required.success || issues.length > 0) {
    const problems = issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
    throw new ConfigurationError(`The environment is not complete:\n${problems.join('\n')}`);
  }
  const { data } = required;
  return {
    ticktick: {
      provider: ticktick,
      clientId: data.TICKTICK_CLIENT_ID,
      clientSecret: data.TICKTICK_CLIENT_SECRET,
      redirectUri: data.TICKTICK_REDIRECT_URI,
    },
    ...(ofGoogle?.data && { google: googleApp(ofGoogle.data, ofGmail?.data) }),
    backendUrl: new URL(data.BACKEND_URL),
    frontendUrl: new URL(data.FRONTEND_URL),
  };
}

function googleApp(app: z.infer<typeof Google>, push: z.infer<typeof GmailPush> | undefined): GoogleApp {
  return {
    provider: google,
    clientId: app.GOOGLE_CLIENT_ID,
    clientSecret: app.GOOGLE_CLIENT_SECRET,
    redirectUri: app.GOOGLE_REDIRECT_URI,
    ...(push && {
      push: { topicName: push.GMAIL_PUBSUB_TOPIC, serviceAccount: push.GMAIL_PUSH_SERVICE_ACCOUNT },
    }),
  };
}
