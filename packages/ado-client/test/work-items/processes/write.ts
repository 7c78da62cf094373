import { AdoClient, personalAccessToken, tagsOf } from '@context-sdk/ado-client';

/** Changes state, tags and a count of item 7, round after round. */
const [, , organizationUrl = '', name = '', rounds] = process.argv;
const client = new AdoClient({
  organizationUrl,
  allowedHosts: ['127.0.0.1'],
  auth: personalAccessToken('a'.repeat(52)),
  retry: { minDelayMs: 1, maxDelayMs: 10 },
});

for (let round = 0; round < Number(rounds); round += 1) {
  await client.workItems.update(7, (item) => ({
    state: `${name}-${round}`,
    fields: { 'Custom.Count': Number(item.fields['Custom.Count'] ?? 0) + 1 },
    tags: [...tagsOf(item), `${name}-${round}`],
  }));
  if (round > 0) await client.workItems.update(7, { tags: { remove: [`${name}-${round - 1}`] } });
}
