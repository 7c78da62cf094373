import { createContext, memoryStore } from '@context-sdk/context';
import { createSandbox } from '@context-sdk/sandbox';

const sandbox = createSandbox({ seed: 5 });
const context = createContext({
  store: memoryStore(),
  baseUrl: 'https://host.example',
  providers: {
    ticktick: {},
    google: { clientId: 'id' },
    azureDevOps: { organizationUrl: sandbox.azureDevOps.organization.url },
  },
  fetch: sandbox.fetch,
});
const user = context.user('ada');
await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
const SCOPES = ['https://www.googleapis.com/auth/calendar', 'https://mail.google.com/'];
await user.connections.import('google', {
  ...sandbox.google.issueToken({ scopes: SCOPES }),
  scopes: SCOPES,
  obtainedAt: Date.now(),
});
const tasks = await user.ticktick.tasks.listOpen().toArray();
const START = { dateTime: '2027-03-01T09:00:00Z' };
const event = await user.calendar.events.create({
  summary: 'Bundled',
  start: START,
  end: { dateTime: '2027-03-01T10:00:00Z' },
});
const draft = await user.gmail.drafts.create({ to: 'a@b.example', subject: 'x', text: 'y' });
const [project] = await (await user.azureDevOps()).projects.list().toArray();
const counts = [tasks.length > 0, event.summary === 'Bundled', draft.id !== '', project !== undefined];
if (counts.includes(false)) throw new Error(`Something is missing: ${counts.join()}`);
console.log('all four services');
