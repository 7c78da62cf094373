import {
  type Context,
  type ContextEvent,
  type ContextHandler,
  createContext,
  memoryStore,
} from '@context-sdk/context';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';

/** A host at an address of its own, and services that know it: all in this process, at production addresses. */
export interface World {
  sandbox: Sandbox;
  context: Context;
  handler: ContextHandler;
  /** What reached the host. */
  events: ContextEvent[];
}

const HOST = 'https://context.example';
const TOPIC = 'projects/context/topics/gmail';
const SERVICE_ACCOUNT = 'push@context.iam.gserviceaccount.com';
/** The guide's scopes, who signs in, and the one that Gmail's pushes need. */
const SCOPES = [
  'openid',
  'email',
  'https://www.googleapis.com/auth/calendar',
  'https://www.googleapis.com/auth/gmail.compose',
  'https://www.googleapis.com/auth/gmail.readonly',
];

/** As a host registers at each provider. */
function appAt(provider: string) {
  const redirectUris = [`${HOST}/auth/${provider}/callback`];
  return { clientId: `${provider}-app`, clientSecret: `${provider}-secret`, name: 'Context', redirectUris };
}

export function createWorld(dialect: 'official' | 'guide' = 'official'): World {
  const events: ContextEvent[] = [];
  const [ticktick, google, azureDevOps] = [appAt('ticktick'), appAt('google'), appAt('azure-devops')];
  const deliver = (url: string, init?: RequestInit): Promise<Response> => handler(new Request(url, init));
  const limits = [{ limit: 100, intervalMs: 3_000 }];
  const sandbox = createSandbox({
    ticktick: { apps: [ticktick], dialect, rateLimits: limits, deliver },
    google: { apps: [google], deliver },
    azureDevOps: { apps: [azureDevOps], deliver },
  });
  const context = createContext({
    store: memoryStore(),
    baseUrl: HOST,
    providers: {
      ticktick: { ...ticktick, dialect, limits },
      google: { ...google, scopes: SCOPES, pubsubTopic: TOPIC, pushServiceAccount: SERVICE_ACCOUNT },
      azureDevOps: { ...azureDevOps, organizationUrl: sandbox.azureDevOps.organization.url },
    },
    fetch: (input, init) => sandbox.fetch(input, init),
    onConnected: ({ account, userId }) => {
      if (account.id === undefined) return { userId };
      const signedIn = userId ?? `ticktick-${account.id}`;
      const cookie = `user=${encodeURIComponent(signedIn)}; Path=/; HttpOnly; Secure`;
      return { userId: signedIn, headers: { 'set-cookie': cookie } };
    },
    onEvent: (event) => void events.push(event),
  });
  const handler = context.createHandler({ getUserId: userOf });
  const url = `${HOST}/webhooks/google/gmail`;
  sandbox.google.pubsub.subscribe({ topic: TOPIC, url, serviceAccount: SERVICE_ACCOUNT });
  return { sandbox, context, handler, events };
}

/** The session of this host is the user's name in a cookie: enough for a story, and for nothing else. */
function userOf(request: Request): string | undefined {
  const name = /(?:^|; )user=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
  return name && decodeURIComponent(name);
}
