import type { ContextEvent, ContextHandler, ContextOptions, User } from '@context-sdk/context';
import { createSandbox, type RecordedRequest } from '@context-sdk/sandbox';
import { googleTokens, providersOf, startContext, type Started } from './start-context.ts';

const SERVICE_ACCOUNT = 'push@context.iam.gserviceaccount.com';
const TOPIC = 'projects/context/topics/gmail';

export const READONLY = 'https://www.googleapis.com/auth/gmail.readonly';

export interface Deliveries extends Started {
  /** For another context of the same host. */
  providers: NonNullable<ContextOptions['providers']>;
  handler: ContextHandler;
  /** Events that the host received, in order. */
  events: ContextEvent[];
  /** Failures that the handler reported. */
  errors: unknown[];
  /** Every delivery that services made, with what it was answered. */
  delivered: { request: Request; status: number }[];
  /** Sends a delivery as it was once more; -1 is the latest. */
  redeliver(index: number): Promise<number>;
  /** All three services connected, Gmail's scope for watching included. */
  everything(userId?: string): Promise<User>;
  requestsTo(operation: string): readonly RecordedRequest[];
}

/** A context at https://host.example, and services that deliver straight into its handler. */
export function startDeliveries(
  options: Parameters<typeof startContext>[0] & {
    dialect?: 'guide';
    acceptUnverifiedWebhooks?: boolean;
  } = {},
): Deliveries {
  const { dialect = 'official', acceptUnverifiedWebhooks, onEvent, ...contextOptions } = options;
  const events: ContextEvent[] = [];
  const errors: unknown[] = [];
  const delivered: { request: Request; status: number }[] = [];
  const deliver = async (url: string, init?: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    const copy = request.clone();
    const response = await handler(request);
    delivered.push({ request: copy, status: response.status });
    return response;
  };
  const sandbox = createSandbox({
    seed: 'empty',
    sleep: async () => undefined,
    ...contextOptions.sandbox,
    ticktick: { rateLimits: [], dialect, deliver, ...contextOptions.sandbox?.ticktick },
    google: { deliver, ...contextOptions.sandbox?.google },
    azureDevOps: { seed: 'empty', deliver, ...contextOptions.sandbox?.azureDevOps },
  });
  const apps = providersOf(sandbox);
  const providers: Deliveries['providers'] = {
    ...apps,
    ticktick: { ...apps.ticktick, dialect, acceptUnverifiedWebhooks },
    ...(apps.google && {
      google: { ...apps.google, pubsubTopic: TOPIC, pushServiceAccount: SERVICE_ACCOUNT },
    }),
    ...contextOptions.providers,
  };
  const started = startContext({
    ...contextOptions,
    emulated: sandbox,
    providers,
    onEvent: async (event, eventOptions) => {
      await onEvent?.(event, eventOptions);
      events.push(event);
    },
  });
  const handler = started.context.createHandler({
    getUserId: () => undefined,
    onError: (error) => errors.push(error),
  });
  const url = `${handler.baseUrl}/webhooks/google/gmail`;
  sandbox.google.pubsub.subscribe({ topic: TOPIC, url, serviceAccount: SERVICE_ACCOUNT });
  return {
    ...started,
    providers,
    handler,
    events,
    errors,
    delivered,
    async redeliver(index) {
      const one = delivered.at(index);
      if (one === undefined) throw new Error(`There was no delivery ${index}.`);
      return (await handler(one.request.clone())).status;
    },
    async everything(userId = 'ada') {
      const user = started.context.user(userId);
      const { connections } = user;
      await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
      await connections.import('google', googleTokens(sandbox, [READONLY]));
      await connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
      return user;
    },
    requestsTo: (operation) => sandbox.requests.filter((request) => request.operation === operation),
  };
}
