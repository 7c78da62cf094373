import { type ContextHandler, createContext, memoryStore } from '@context-sdk/context';
import { createSandbox } from '@context-sdk/sandbox';

/** A host at https://host.example, and a delivery of Azure DevOps that it has not seen yet. */
export interface Host {
  handler: ContextHandler;
  /** Events that the host has handled. */
  events: unknown[];
  /** Failures that the handler reported. */
  errors: Error[];
  delivery: { path: string; headers: Headers; body: string };
}

/** Connects a user, subscribes to work items, and keeps one delivery for the framework that is tried. */
export async function startHost(): Promise<Host> {
  const events: unknown[] = [];
  const errors: Error[] = [];
  const deliveries: { headers: Headers; body: string }[] = [];
  const sandbox = createSandbox({
    sleep: async () => undefined,
    azureDevOps: {
      seed: 'empty',
      deliver: async (_url, init) => {
        const body = await new Response(init?.body).text();
        deliveries.push({ headers: new Headers(init?.headers), body });
        return new Response(null, { status: 204 });
      },
    },
  });
  const context = createContext({
    store: memoryStore(),
    baseUrl: 'https://host.example',
    providers: { azureDevOps: { organizationUrl: sandbox.azureDevOps.organization.url } },
    fetch: (input, init) => sandbox.fetch(input, init),
    onEvent: (event) => void events.push(event),
  });
  const handler = context.createHandler({
    getUserId: () => undefined,
    onError: (error) => errors.push(error instanceof Error ? error : new Error('unknown')),
  });
  await context.user('ada').connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
  await context.subscriptions.ensure('ada');
  sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
  await sandbox.azureDevOps.hooks.settled();
  const [delivery] = deliveries;
  if (delivery === undefined) throw new Error('Azure DevOps delivered nothing.');
  return { handler, events, errors, delivery: { path: '/webhooks/azure-devops', ...delivery } };
}
