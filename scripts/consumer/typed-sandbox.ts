// A host's typed tests, without msw: only the sub-path `/msw` needs it.
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { type AzureDevOpsSandbox, createAzureDevOpsSandbox } from '@context-sdk/sandbox/azure-devops';
import { createGoogleSandbox, type GoogleSandbox } from '@context-sdk/sandbox/google';
import { createTickTickSandbox, type TickTickSandbox } from '@context-sdk/sandbox/ticktick';
import { type Task, TickTickClient } from '@context-sdk/ticktick-client';

const sandbox: Sandbox = createSandbox({ seed: 5 });
const client = new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch: sandbox.fetch });
export const tasks: Task[] = await client.tasks.listOpen().toArray();

export const alone: [TickTickSandbox, GoogleSandbox, AzureDevOpsSandbox] = [
  createTickTickSandbox({ seed: 5 }),
  createGoogleSandbox({ google: { consent: 'click' } }),
  createAzureDevOpsSandbox({ azureDevOps: { organizations: ['contoso'] } }),
];
