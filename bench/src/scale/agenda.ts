import { createContext } from '@context-sdk/context';
import { memoryStore, type RateLimiter } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';

const DAY_MS = 86_400_000;
const TASKS = 230;
const WORK_ITEMS = 150;
const SCOPES = ['openid', 'email', 'https://www.googleapis.com/auth/calendar'];
const unlimited: RateLimiter = { run: (_, dispatch) => dispatch(), pause: async () => undefined };

/** Requests by host of an agenda of a week, right after a poll and an agenda that both found the same. */
export async function requestsOfRepeatedAgenda(): Promise<Record<string, number>> {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const { ticktick, google, azureDevOps } = sandbox;
  const requests: Record<string, number> = {};
  const context = createContext({
    store: memoryStore(),
    rateLimiter: unlimited,
    baseUrl: 'http://localhost:8000',
    providers: {
      ticktick: { limits: [] },
      google: { clientId: google.app.clientId, clientSecret: google.app.clientSecret },
      azureDevOps: { organizationUrl: azureDevOps.organization.url },
    },
    fetch: (input, init) => {
      const { host } = new URL(input instanceof Request ? input.url : input);
      requests[host] = (requests[host] ?? 0) + 1;
      return sandbox.fetch(input, init);
    },
    onEvent: () => undefined,
  });
  const now = Date.now();
  for (let index = 0; index < TASKS; index += 1) ticktick.testUser().createTask({ title: `Task ${index}` });
  for (let index = 0; index < WORK_ITEMS; index += 1)
    azureDevOps.testUser().create({
      type: 'Task',
      fields: {
        'System.Title': `Item ${index}`,
        'System.AssignedTo': azureDevOps.people[0]?.uniqueName ?? '',
      },
    });
  const time = { dateTime: new Date(now + DAY_MS).toISOString() };
  google.testUser().calendar.addEvent({ summary: 'Meeting', start: time, end: time });
  const user = context.user('ada');
  await user.connections.connect('ticktick', { token: ticktick.issueApiToken() });
  const issued = google.issueToken({ scopes: SCOPES });
  await user.connections.import('google', {
    ...issued,
    obtainedAt: now,
    expiresAt: now + 3_599_000,
    scopes: SCOPES,
  });
  await user.connections.connect('azure-devops', { token: azureDevOps.issuePat() });
  const query = {
    from: new Date(now),
    to: new Date(now + 7 * DAY_MS),
    timeZone: 'UTC',
    freshness: { ms: 60_000 },
  };
  await context.runMaintenance();
  await user.agenda(query);
  for (const host of Object.keys(requests)) requests[host] = 0;
  const { errors } = await user.agenda(query);
  if (Object.keys(errors).length > 0) throw new Error('A service is missing from the agenda.');
  return requests;
}
