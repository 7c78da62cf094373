import { AdoClient, personalAccessToken, RelationType } from '@context-sdk/ado-client';
import { fetchFrom } from '@context-sdk/sandbox';

// A process of its own: adds, removes and re-parents links of some items, and prints the links that it left.
const [url = '', pat = '', items = '', targets = '', times = ''] = process.argv.slice(2);
const client = new AdoClient({
  organizationUrl: 'https://dev.azure.com/fabrikam',
  auth: personalAccessToken(pat),
  fetch: fetchFrom(url),
  retry: { minDelayMs: 0, maxDelayMs: 5 },
});
const ids = items.split(',').map(Number);
const [parentA = 0, parentB = 0, ...others] = targets.split(',').map(Number);
const kept = new Set<string>();

for (let change = 0; change < Number(times); change += 1) {
  const item = ids[change % ids.length] ?? 0;
  const target = others[Math.floor(change / ids.length) % others.length] ?? 0;
  const link = `${item}-${target}`;
  const relation = { rel: RelationType.related, id: target };
  if (change % 3 === 0) await client.relations.setParent(item, change % 2 === 0 ? parentA : parentB);
  else if (kept.delete(link)) await client.relations.remove(item, relation);
  else {
    await client.relations.add(item, relation);
    kept.add(link);
  }
}
process.stdout.write([...kept].join(' '));
