import { createContext, memoryStore } from '@context-sdk/context';
import { createSandbox } from '@context-sdk/sandbox';
import { pino } from 'pino';
import { loggingHooks } from './logging-hooks.ts';

const sandbox = createSandbox({ seed: 5, sleep: async () => undefined });
const token = sandbox.ticktick.issueApiToken();
const written: string[] = [];
const write = (line: string): void => {
  written.push(line);
  process.stdout.write(line);
};
const context = createContext({
  store: memoryStore(),
  baseUrl: 'https://host.example',
  providers: { ticktick: {} },
  fetch: sandbox.fetch,
  hooks: loggingHooks(pino({ level: 'debug' }, { write })),
});
const { connections, ticktick } = context.user('ada');
await connections.connect('ticktick', { token });
sandbox.faults.inject({ kind: 'status', status: 503 }, { host: 'api.ticktick.com', times: 1 });
await ticktick.tasks.listOpen().toArray();
if (written.join('').includes(token)) throw new Error('The token was logged.');
