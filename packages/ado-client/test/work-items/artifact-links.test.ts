import { artifactLink } from '@context-sdk/ado-client';
import { expect, test } from 'vitest';
import { clientOf, ITEM } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();

const PROJECT_ID = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c';
const REPOSITORY_ID = 'fd672255-8b6b-4769-9260-beea83d752ce';
const GIT = { projectId: PROJECT_ID, repositoryId: REPOSITORY_ID };
const PLACE = `${PROJECT_ID}%2F${REPOSITORY_ID}`;

test.each([
  [artifactLink.branch({ ...GIT, branch: 'feature/a b' }), `Git/Ref/${PLACE}%2FGBfeature%2Fa%20b`, 'Branch'],
  [artifactLink.commit({ ...GIT, commit: 'abc123' }), `Git/Commit/${PLACE}%2Fabc123`, 'Fixed in Commit'],
  [artifactLink.pullRequest({ ...GIT, pullRequestId: 7 }), `Git/PullRequestId/${PLACE}%2F7`, 'Pull Request'],
  [artifactLink.build({ buildId: 7 }), 'Build/Build/7', 'Build'],
  [artifactLink.build({ buildId: 7, name: 'Found in build' }), 'Build/Build/7', 'Found in build'],
  [
    artifactLink.wikiPage({ projectId: PROJECT_ID, wikiId: REPOSITORY_ID, path: '/Home/A page' }),
    `Wiki/WikiPage/${PLACE}%2FHome%2FA%20page`,
    'Wiki Page',
  ],
  [
    artifactLink.gitHubPullRequest({ repositoryId: REPOSITORY_ID, number: 7 }),
    `GitHub/PullRequest/${REPOSITORY_ID}%2F7`,
    'GitHub Pull Request',
  ],
  [
    artifactLink.gitHubCommit({ repositoryId: REPOSITORY_ID, commit: 'abc' }),
    `GitHub/Commit/${REPOSITORY_ID}%2Fabc`,
    'GitHub Commit',
  ],
])('%j is taken by the service', async (relation, url, name) => {
  const { sandbox, client } = start();
  const { id } = sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
  const item = await client.relations.add(id, { ...relation, comment: 'why' });
  expect(item.relations).toMatchObject([
    { rel: 'ArtifactLink', url: `vstfs:///${url}`, attributes: { name, comment: 'why' } },
  ]);
});

test.each([
  ['relations.add[0].name', { rel: 'ArtifactLink', url: 'vstfs:///Build/Build/1' }],
  [
    'relations.add[0].attributes',
    { rel: 'Hyperlink', url: 'https://a.example', attributes: { comment: 'x' } },
  ],
  ['relations.add[0].comment', { rel: 'Hyperlink', url: 'https://a.example', comment: 1 }],
])('%s that can not be right is named, and nothing is sent', async (field, relation) => {
  const { client, requests } = clientOf(() => ITEM);
  await expect(client.relations.add(1, relation as never)).rejects.toMatchObject({ field });
  expect(() => artifactLink.build({ buildId: 0 })).toThrow(/buildId/);
  expect(requests).toHaveLength(0);
});
