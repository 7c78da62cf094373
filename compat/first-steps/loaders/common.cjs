const { createContext, memoryStore } = require('@context-sdk/context');
const { createSandbox } = require('@context-sdk/sandbox');

const sandbox = createSandbox({ seed: 5 });
const providers = { ticktick: {} };
const context = createContext({
  store: memoryStore(),
  baseUrl: 'https://host.example',
  providers,
  fetch: sandbox.fetch,
});
const { connections, ticktick } = context.user('ada');

void connections
  .connect('ticktick', { token: sandbox.ticktick.issueApiToken() })
  .then(() => ticktick.tasks.listOpen().toArray())
  .then((tasks) => console.log(`${tasks.length} tasks`));
