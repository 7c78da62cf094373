import type { AdoClient, AdoHookEvent, AdoWebhookEvent } from '@context-sdk/ado-client';
import { ConfigurationError, NotFoundError, WebhookVerificationError } from '@context-sdk/oauth-core';
import { hostProject } from '../../connections/host-project.ts';
import { webhookUrl } from '../../options/host-urls.ts';
import { isRandomName } from '../../utils/text.ts';
import type { ChangeWebhook, UserContext } from '../change-source.ts';

/** A user's service hooks in Azure DevOps, and the credentials that their deliveries carry. */
export interface ServiceHooks {
  username: string;
  password: string;
  subscriptionIds: string[];
}

const EVENTS: readonly AdoHookEvent[] = [
  'workitem.created',
  'workitem.updated',
  'workitem.deleted',
  'workitem.restored',
  'workitem.commented',
];

/** As `parseAdoWebhook` reads: an update has each long text up to three times, of a million characters each. */
const MAX_BYTES = 16 * 1_048_576;

/** Every delivery has one of these, whatever its subscription leaves out. */
const OUTLINE = ['id', 'subscriptionId', 'notificationId', 'resource', 'message'];

/** A delivery of a hook that could not be deleted when its connection ended. */
class EndedHookError extends WebhookVerificationError {
  constructor() {
    super('The delivery belongs to a connection that has ended.', { service: 'azure-devops' });
  }
}

/** Deliveries of service hooks. */
export const serviceHooksWebhook: ChangeWebhook = {
  path: 'azure-devops',
  allowsPathKey: false,
  maxBytes: MAX_BYTES,

  isDelivery: (body) =>
    typeof body['eventType'] === 'string' && OUTLINE.some((name) => body[name] !== undefined),

  /** The user name identifies the user, and the password proves that Azure DevOps sent the delivery. */
  async receive({ routing }, { headers, readBody }) {
    const username = usernameIn(headers);
    const route = isRandomName(username) ? await routing.hook(username) : undefined;
    if (route === undefined) {
      if (isRandomName(username) && (await routing.hasEndedHook(username))) throw new EndedHookError();
      throw new WebhookVerificationError('The delivery belongs to no known subscription.', {
        service: 'azure-devops',
      });
    }
    const { userId, owner, password } = route;
    const { parseAdoWebhook, verifyAdoWebhook } = await import('@context-sdk/ado-client');
    await verifyAdoWebhook(headers, { basicAuth: { username, password } });
    const event = { ...parseAdoWebhook(await readBody()), verified: true, userId };
    return [{ event, owner, alsoAs: revisionsIn(event) }];
  },

  async respondToFailure(error) {
    // Azure DevOps then disables the subscription.
    if (error instanceof EndedHookError) return new Response(null, { status: 410 });
    if (error instanceof ConfigurationError) return new Response(null, { status: 500 });
    const { adoWebhookResponse } = await import('@context-sdk/ado-client');
    return adoWebhookResponse(error);
  },
};

/** Names a state of a work item, for deliveries and polls alike. */
export function revisionId(id: number, rev: number): string {
  return `${id}/${rev}`;
}

function revisionsIn(event: AdoWebhookEvent): string[] {
  if (event.type === 'unknown' || event.data.rev === undefined) return [];
  return [revisionId(event.data.workItemId, event.data.rev)];
}

/** Creates or re-enables the hooks. Adds ids to `subscriptionIds` one by one, so that a failure loses none of them. */
export async function subscribe(context: UserContext, hooks: ServiceHooks): Promise<void> {
  const { options, clients, signal } = context;
  const { username, password, subscriptionIds } = hooks;
  const client = await clients.azureDevOps();
  const url = webhookUrl(options, serviceHooksWebhook.path);
  for (const project of await projectsOf(context, client)) {
    for (const event of EVENTS) {
      const input = { project, event, url, basicAuth: { username, password } };
      const { subscription } = await client.subscriptions.ensure(input, { signal });
      subscriptionIds.push(subscription.id);
    }
  }
}

/** Deletes the hooks, also those that were created but never recorded. Succeeds if they are already deleted. */
export async function unsubscribe(
  { clients, signal }: Pick<UserContext, 'clients' | 'routing' | 'signal'>,
  { username, subscriptionIds }: ServiceHooks,
): Promise<void> {
  const client = await clients.azureDevOps();
  const listed = await client.subscriptions.list({ signal }).catch(() => []);
  const ours = listed.filter(({ consumerInputs }) => consumerInputs['basicAuthUsername'] === username);
  for (const id of new Set([...subscriptionIds, ...ours.map((subscription) => subscription.id)])) {
    await client.subscriptions.delete(id, { signal }).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
  }
}

/** The configured project, or all projects that the user can see. */
async function projectsOf({ options, signal }: UserContext, client: AdoClient): Promise<string[]> {
  const project = await hostProject(options.providers, client.organizationUrl);
  if (project !== undefined) return [project];
  return (await client.projects.list({ signal }).toArray()).map(({ id }) => id);
}

function usernameIn(headers: Headers): string {
  const [, credentials = ''] = /^basic +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  try {
    return atob(credentials).split(':')[0] ?? '';
  } catch {
    return '';
  }
}
