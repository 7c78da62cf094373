// A host's typed tests, without msw: only `mswHandlers` needs it.
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { type Task, TickTickClient } from '@context-sdk/ticktick-client';

const sandbox: Sandbox = createSandbox({ seed: 5 });
const client = new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch: sandbox.fetch });
export const tasks: Task[] = await client.tasks.listAll().toArray();
