// A host's module whose types are all inferred: with `declaration`, TypeScript has to be able to name each of them.
import { createContext, toNodeListener } from '@context-sdk/context';
import { sqliteStore } from '@context-sdk/context/sqlite';
import type { Task } from '@context-sdk/context/ticktick';
import { createSandbox } from '@context-sdk/sandbox';

const sandbox = createSandbox({ seed: 3 });

export const context = createContext({
  store: sqliteStore(':memory:'),
  baseUrl: 'https://host.example',
  providers: {
    ticktick: {},
    google: { clientId: 'id', clientSecret: 'secret' },
    azureDevOps: { organizationUrl: sandbox.azureDevOps.organization.url },
  },
  fetch: sandbox.fetch,
});
export const handler = context.createHandler({ getUserId: () => 'ada' });
export const listener = toNodeListener(handler);
export const user = context.user('ada');
export const { ticktick, calendar, gmail } = user;
export const azureDevOps = async () => (await user.azureDevOps()).workItems;
export const openTasks = () => user.ticktick.tasks.listOpen();
export const events = () => calendar.events.list();
export const freeBusy = calendar.freeBusy;
export const unread = () => gmail.messages.list({ q: 'is:unread' });
export const block = (task: Task) => user.blockTime(task, { durationMinutes: 30, within: WEEK });
export const WEEK = { from: '2026-12-07T00:00:00Z', to: '2026-12-08T00:00:00Z' };
export const agenda = () => user.agenda({ ...WEEK, timeZone: 'Europe/Berlin' });
export const maintain = () => context.runMaintenance();

await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
const titles = await openTasks().toArray();
const { errors } = await agenda();
console.log(`${titles.length} open tasks, ${Object.keys(errors).length} services to connect`);
