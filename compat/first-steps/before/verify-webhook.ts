import { createContext } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';

const events: string[] = [];
const requests: Request[] = [];
const sandbox = createSandbox({
  azureDevOps: {
    deliver: async (url, init) => {
      const request = new Request(url, init);
      requests.push(request.clone());
      return await handler(request);
    },
  },
});
const context = createContext({
  store: memoryStore(),
  baseUrl: 'https://host.example',
  providers: { azureDevOps: { organizationUrl: sandbox.azureDevOps.organization.url } },
  fetch: sandbox.fetch,
  onEvent: ({ type }) => void events.push(type),
});
const handler = context.createHandler({ getUserId: () => 'ada' });
await context.user('ada').connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
await context.subscriptions.ensure('ada');
sandbox.azureDevOps.workItems().create({ type: 'Task', fields: { 'System.Title': 'New' } });
await sandbox.azureDevOps.hooks.settled();

const genuine = requests[0];
if (genuine === undefined) throw new Error('Nothing was delivered.');
const headers = new Headers(genuine.headers);
headers.set('authorization', `Basic ${btoa('somebody:else')}`);
const forged = await handler(
  new Request(genuine.url, { method: 'POST', headers, body: await genuine.text() }),
);
console.log(`${events.length} event: ${events[0]}; forged: ${forged.status}`);
if (forged.status !== 401 || events.length !== 1) throw new Error('The forged delivery was taken.');
