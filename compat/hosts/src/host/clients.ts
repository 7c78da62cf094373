// A host of single clients: again, all types are inferred.
import { AdoClient, ConflictError, personalAccessToken, wiql } from '@context-sdk/ado-client';
import { GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import { createSandbox } from '@context-sdk/sandbox';
import { NotFoundError, TickTickClient } from '@context-sdk/ticktick-client';

const sandbox = createSandbox({ seed: 3 });
const { fetch } = sandbox;

export const ticktick = new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch });
export const openTasks = () => ticktick.tasks.listOpen();
export const createTasks = (titles: string[]) =>
  ticktick.tasks.createMany(titles.map((title) => ({ title })));
export const isGone = (error: unknown) => error instanceof NotFoundError;

export const calendar = new GoogleCalendarClient({ auth: 'ya29.token', fetch });
export const { events, freeBusy } = calendar;
export const nextEvents = () => calendar.events.list();
export const gmail = new GmailClient({ auth: 'ya29.token', fetch });
export const readMail = (id: string) => gmail.messages.read(id);

export const azureDevOps = new AdoClient({
  organizationUrl: sandbox.azureDevOps.organization.url,
  auth: personalAccessToken(sandbox.azureDevOps.issuePat()),
  fetch,
});
export const bugs = () => azureDevOps.workItems.query(wiql`SELECT [System.Id] FROM WorkItems`);
export const isOld = (error: unknown) => error instanceof ConflictError;

const titles = await openTasks().toArray();
const found = await bugs().toArray();
console.log(`${titles.length} open tasks, ${found.length} work items`);
