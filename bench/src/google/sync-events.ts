import process from 'node:process';

/** Whoever keeps a copy of a calendar's events: their ids and etags. */
export type SyncReader = 'ours' | 'theirs';

type Sync = (known: Map<string, string>) => Promise<void>;

async function ours(root: string): Promise<Sync> {
  const { GoogleCalendarClient } = await import('@context-sdk/google-workspace');
  const client = new GoogleCalendarClient({
    auth: 'bench-token',
    baseUrl: `${root}/calendar/v3`,
    limits: [],
  });
  let cursor: string | undefined;
  return async (known) => {
    for await (const page of client.events.syncPages(cursor)) {
      for (const { id, etag } of page.events) known.set(id, etag ?? '');
      ({ cursor } = page);
    }
  };
}

/** As Google's guide to synchronization has it: page by page, the sync token kept from the last. */
async function theirs(root: string): Promise<Sync> {
  const { calendar, auth } = await import('@googleapis/calendar');
  const oauth = new auth.OAuth2();
  oauth.setCredentials({ access_token: 'bench-token' });
  const client = calendar({ version: 'v3', auth: oauth, rootUrl: `${root}/` });
  let syncToken: string | undefined;
  return async (known) => {
    let pageToken: string | undefined;
    do {
      const { data } = await client.events.list({
        calendarId: 'primary',
        ...(syncToken !== undefined && { syncToken }),
        ...(pageToken !== undefined && { pageToken }),
      });
      for (const { id, etag } of data.items ?? []) known.set(id ?? '', etag ?? '');
      pageToken = data.nextPageToken ?? undefined;
      syncToken = data.nextSyncToken ?? syncToken;
    } while (pageToken !== undefined);
  };
}

const [reader = '', root = '', rounds = ''] = process.argv.slice(2);
const requestsSoFar = async (): Promise<number> => Number(await (await fetch(`${root}/requests`)).json());
const known = new Map<string, string>();
const requests: number[] = [];
let ms = 0;
let cpuMicroseconds = 0;
const sync = await (reader === 'ours' ? ours : theirs)(root);
for (let round = 0; round <= Number(rounds); round += 1) {
  if (round > 0) await (await fetch(`${root}/change`, { method: 'POST' })).json();
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await sync(known);
  const { user, system } = process.cpuUsage(cpuBefore);
  cpuMicroseconds += user + system;
  ms += performance.now() - startedAt;
  requests.push(await requestsSoFar());
}
const maxRssKibibytes = process.resourceUsage().maxRSS;
process.stdout.write(JSON.stringify({ events: known.size, ms, cpuMicroseconds, maxRssKibibytes, requests }));
process.exit();
