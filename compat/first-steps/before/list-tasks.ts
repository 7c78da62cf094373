import { createSandbox } from '@context-sdk/sandbox';
import { TickTickClient } from '@context-sdk/ticktick-client';

const sandbox = createSandbox({ seed: 250 });
const client = new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch: sandbox.fetch });
let count = 0;
for await (const task of client.tasks.listAll()) if (task.title !== '') count += 1;
console.log(`${count} tasks`);
if (count <= 200) throw new Error('The service cuts lists off at 200.');
