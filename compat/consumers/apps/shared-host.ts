import { appendFileSync } from 'node:fs';
import { createContext } from '@context-sdk/context';
import { sqliteStore } from '@context-sdk/context/sqlite';

const env = process.env;

/** A host with one user, whose services are asked for by their real names. */
export const context = createContext({
  store: sqliteStore('context.sqlite'),
  baseUrl: env.BASE_URL ?? 'http://localhost:8000',
  providers: {
    ticktick: { clientId: env.TICKTICK_ID ?? 'id', clientSecret: env.TICKTICK_SECRET ?? 'secret' },
    google: { clientId: env.GOOGLE_ID ?? 'id', clientSecret: env.GOOGLE_SECRET ?? 'secret' },
    azureDevOps: { organizationUrl: env.ORGANIZATION_URL ?? 'https://dev.azure.com/organization' },
  },
  push: true, // Azure DevOps reaches this machine here
  allowUnencryptedStore: true, // a file of this run
  // Frameworks load this module more than once; the file is the same for all.
  onEvent: ({ source, type }) => appendFileSync('events.log', `${source} ${type}\n`),
});

export const handler = context.createHandler({ getUserId: () => 'ada' });

/** What each service says, as JSON for the page. */
export async function readDay() {
  const user = context.user('ada');
  const day = 24 * 3_600_000;
  const week = { from: new Date(Date.now() - day), to: new Date(Date.now() + 7 * day) };
  const { items, errors } = await user.agenda({ ...week, timeZone: 'Europe/Berlin' });
  const { emailAddress } = await user.gmail.profile.get();
  return {
    kinds: [...new Set<string>(items.map(({ kind }) => kind))].toSorted(),
    errors: Object.keys(errors),
    emailAddress,
  };
}

/** Connects Azure DevOps, subscribes to its work items, and writes a task. */
export async function begin(pat: string) {
  const user = context.user('ada');
  await user.connections.connect('azure-devops', { token: pat });
  await context.subscriptions.ensure('ada');
  const { title } = await user.ticktick.tasks.create({ title: 'From a framework', dueDate: new Date() });
  return { title };
}
