const { createContext, memoryStore } = require('@context-sdk/context');
const { sqliteStore } = require('@context-sdk/context/sqlite');
const { createSandbox } = require('@context-sdk/sandbox');
const { AdoClient } = require('@context-sdk/ado-client');
const { GmailClient, GoogleCalendarClient } = require('@context-sdk/google-workspace');
const { TickTickClient } = require('@context-sdk/ticktick-client');

const classes = [AdoClient, GmailClient, GoogleCalendarClient, TickTickClient, sqliteStore];
const sandbox = createSandbox({ seed: 3 });
const context = createContext({
  store: memoryStore(),
  baseUrl: 'https://app.test',
  providers: { ticktick: {}, google: { clientId: 'id' }, azureDevOps: {} },
  fetch: sandbox.fetch,
});

void (async () => {
  const { connections, ticktick } = context.user('ada');
  await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  const tasks = await ticktick.tasks.listOpen().toArray();
  console.log(`${tasks.length} tasks, ${classes.length} exports`);
})();
