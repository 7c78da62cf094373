import { AdoClient, personalAccessToken, tagsOf } from '@context-sdk/ado-client';
import { fetchFrom } from '@context-sdk/sandbox';

// A process of its own: changes one item so many times, each time on top of whatever has become of it.
const [url = '', pat = '', id = '', name = '', times = ''] = process.argv.slice(2);
const client = new AdoClient({
  organizationUrl: 'https://dev.azure.com/fabrikam',
  auth: personalAccessToken(pat),
  fetch: fetchFrom(url),
  retry: { minDelayMs: 0, maxDelayMs: 5 },
});

for (let change = 1; change <= Number(times); change += 1) {
  await client.workItems.update(Number(id), (item) => ({
    state: item.fields['System.State'] === 'Active' ? 'New' : 'Active',
    tags: {
      add: [`${name}-${change}`],
      remove: tagsOf(item).filter((tag) => tag === `${name}-${change - 1}`),
    },
    fields: {
      'Microsoft.VSTS.Scheduling.CompletedWork':
        (item.fields['Microsoft.VSTS.Scheduling.CompletedWork'] ?? 0) + 1,
    },
  }));
}
