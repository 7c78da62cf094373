// list-tasks.ts on a sandbox of this process.
import { createSandbox } from '@context-sdk/sandbox';

const sandbox = createSandbox({ seed: 30 });
const listener = await sandbox.listen();
process.env['TICKTICK_API_TOKEN'] = sandbox.ticktick.issueApiToken();
process.env['TICKTICK_BASE_URL'] = `${listener.urlOf('api.ticktick.com')}/open/v1`;
await import('./list-tasks.ts');
await listener.close();
