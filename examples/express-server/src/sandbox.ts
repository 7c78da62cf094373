import type { EnvironmentOverrides } from '@context-sdk/context';
import { google, microsoftEntra, type OAuthProvider, ticktick } from '@context-sdk/context/providers';
import { createSandbox, fetchFrom, type Sandbox } from '@context-sdk/sandbox';

export interface Sandboxed {
  /** What stands in for the real credentials. */
  environment: Record<string, string>;
  overrides: EnvironmentOverrides;
  /** Absent where it runs in another process. */
  sandbox?: Sandbox;
}

const ZONE = 'Europe/Berlin';

/** The browser is signed in to the first; `sandbox.ticktick.signIn` makes it the other. */
const ACCOUNTS = ['demo', 'grace'].map((name, index) => ({
  id: 115781412 + index,
  username: `${name}@example.com`,
  displayName: name,
  timeZone: ZONE,
}));

const DAY_MS = 24 * 3_600_000;
const TIMES = {
  'Call the dentist': '10:00',
  'Prepare the quarterly review': '13:30',
  'Answer Grace': '15:00',
};

/** Something to do today and, for a visit around midnight, tomorrow. */
function addTwoDays(sandbox: Sandbox): void {
  const today = Date.parse(new Date().toLocaleDateString('sv-SE', { timeZone: ZONE }));
  for (const index of [0, 1]) {
    addDay(sandbox, new Date(today + index * DAY_MS).toISOString().slice(0, 10), index);
  }
}

/** Three tasks and two work items for a day; each `index` takes other work items. */
function addDay(sandbox: Sandbox, date: string, index: number): void {
  const inTickTick = sandbox.ticktick.testUser();
  for (const [title, time] of Object.entries(TIMES)) {
    inTickTick.createTask({ title, dueDate: `${date}T${time}:00.000+0000`, timeZone: ZONE });
  }
  const { azureDevOps } = sandbox;
  const inAzureDevOps = azureDevOps.testUser();
  const assignedTo = azureDevOps.people[0]?.uniqueName ?? '';
  const due = { 'System.AssignedTo': assignedTo, 'Microsoft.VSTS.Scheduling.DueDate': `${date}T00:00:00Z` };
  const active = inAzureDevOps.all().filter(({ fields }) => fields['System.State'] === 'Active');
  for (const { id } of active.slice(index * 2, index * 2 + 2)) inAzureDevOps.update(id, due);
}

/**
 * The services of our own on this machine: in this process, or at the address of another. Only the pages that a browser
 * visits have addresses on this machine; everything else is asked for by its real name.
 */
export async function useSandbox(elsewhere: string | undefined): Promise<Sandboxed> {
  const sandbox = createSandbox({
    // Few enough for one request; with over 200 tasks TickTick's 100 requests a minute are soon used up.
    ticktick: { consent: 'click', seed: 150, accounts: ACCOUNTS },
    google: { consent: 'click' },
    azureDevOps: { consent: 'click', loopbackHooks: true },
  });
  addTwoDays(sandbox);
  const url = elsewhere ?? (await sandbox.listen()).url;
  const apps = {
    TICKTICK: sandbox.ticktick.app,
    GOOGLE: sandbox.google.app,
    AZURE_DEVOPS: sandbox.azureDevOps.app,
  };
  const credentials = Object.entries(apps).flatMap(([name, { clientId, clientSecret = '' }]) => [
    [`${name}_CLIENT_ID`, clientId],
    [`${name}_CLIENT_SECRET`, clientSecret],
  ]);
  const withPage = (provider: OAuthProvider): OAuthProvider => {
    const authorizationEndpoint = provider.authorizationEndpoint.replace('https:/', url);
    const { tokenEndpoint, revocationEndpoint = tokenEndpoint } = provider;
    const endpoints = [authorizationEndpoint, tokenEndpoint, revocationEndpoint];
    const endpointHosts = endpoints.map((endpoint) => new URL(endpoint).hostname);
    return { ...provider, authorizationEndpoint, endpointHosts };
  };
  return {
    environment: {
      ...Object.fromEntries(credentials),
      AZURE_DEVOPS_ORG_URL: sandbox.azureDevOps.organization.url,
      BACKEND_URL: 'http://localhost:8000',
    },
    overrides: {
      fetch: elsewhere === undefined ? (input, init) => sandbox.fetch(input, init) : fetchFrom(url),
      providers: {
        ticktick: { provider: withPage(ticktick) },
        google: { provider: withPage(google) },
        azureDevOps: { provider: withPage(microsoftEntra()) },
      },
    },
    ...(elsewhere === undefined && { sandbox }),
  };
}
