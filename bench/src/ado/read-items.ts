import process from 'node:process';

/** Whoever reads all items that a query finds, in a process of its own. */
export type ItemsReader = 'ours' | 'nodeApi';

const PAT = 'a'.repeat(52);
const FIELDS = ['System.Title', 'System.State', 'System.Description'];
const IN_BATCH = 200;
/** Ours has as many on their way. */
const AHEAD = 2;

async function ours(url: string): Promise<number> {
  const { AdoClient, personalAccessToken, wiql } = await import('@context-sdk/ado-client');
  const auth = personalAccessToken(PAT);
  const client = new AdoClient({ organizationUrl: url, auth, allowedHosts: ['127.0.0.1'] });
  let items = 0;
  const query = wiql`SELECT [System.Id] FROM WorkItems`;
  for await (const item of client.workItems.query(query, { fields: FIELDS })) if (item.id > 0) items += 1;
  return items;
}

/** Well written: connections are kept, batches are read two at a time, and none is kept in memory. */
async function nodeApi(url: string): Promise<number> {
  const azdev = await import('azure-devops-node-api');
  const handler = azdev.getPersonalAccessTokenHandler(PAT);
  const api = await new azdev.WebApi(url, handler, { keepAlive: true }).getWorkItemTrackingApi();
  const { workItems = [] } = await api.queryByWiql({ query: 'SELECT [System.Id] FROM WorkItems' });
  const ids = workItems.map(({ id = 0 }) => id);
  const starts = Array.from({ length: Math.ceil(ids.length / IN_BATCH) }, (_, index) => index * IN_BATCH);
  let items = 0;
  const work = async (): Promise<void> => {
    for (let from = starts.shift(); from !== undefined; from = starts.shift()) {
      const batch = await api.getWorkItemsBatch({ ids: ids.slice(from, from + IN_BATCH), fields: FIELDS });
      items += batch.length;
    }
  };
  await Promise.all(Array.from({ length: AHEAD }, work));
  return items;
}

const [reader = '', url = ''] = process.argv.slice(2);
const startedAt = performance.now();
const items = await (reader === 'ours' ? ours : nodeApi)(url);
const ms = performance.now() - startedAt;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cpuMs = (userCPUTime + systemCPUTime) / 1000;
process.stdout.write(JSON.stringify({ items, ms, cpuMs, maxRssKibibytes: maxRSS }));
process.exit();
