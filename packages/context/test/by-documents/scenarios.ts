import { type AdoClient, artifactLink } from '@context-sdk/ado-client';
import type { Sandbox } from '@context-sdk/sandbox';
import { MISSING_ID } from './judged-clients.ts';

const REPOSITORY = '11111111-1111-4111-8111-111111111111';

/** Requests that follow from what an earlier one found, which no single call with any arguments comes to. */
export async function runScenarios(client: AdoClient, { azureDevOps }: Sandbox): Promise<void> {
  await client.workItems.delete(MISSING_ID).catch(() => undefined);
  await readArtifacts(client, azureDevOps);
  const formatted = { 'Custom.Notes': { markdown: 'text' } };
  await client.workItems.create({ type: 'Task', title: 'text', fields: formatted }).catch(() => undefined);
  const subscription = { event: 'workitem.created', url: 'https://host.example/hooks' } as const;
  await client.subscriptions.ensure(subscription);
  await client.subscriptions.ensure({ ...subscription, resourceDetails: 'minimal' });
}

async function readArtifacts(client: AdoClient, azureDevOps: Sandbox['azureDevOps']): Promise<void> {
  const projectId = azureDevOps.organization.projects[0]?.id ?? '';
  const { id } = await client.workItems.create({ type: 'Task', title: 'text' });
  const common = { projectId, repositoryId: REPOSITORY };
  for (const artifact of [
    artifactLink.pullRequest({ ...common, pullRequestId: 7 }),
    artifactLink.commit({ ...common, commit: 'a'.repeat(40) }),
    artifactLink.build({ buildId: 12 }),
  ]) {
    await client.relations.add(id, artifact);
  }
  await client.artifacts.list(id);
}
