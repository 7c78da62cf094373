import type { JsonObject } from '../../json.ts';
import { type ApiCall, type ApiRoute, pathParam, reading, requiredProject } from '../api/api-call.ts';
import { resourceNotFound } from '../failures.ts';
import type { Artifact } from '../organization/artifacts.ts';

/** Pull requests, commits and builds, as far as work items link to them. */
export const ARTIFACT_ROUTES: readonly ApiRoute[] = [
  {
    ...reading('pullRequest.get', 'GET git/repositories/{repository}/pullrequests/{id}', pullRequest),
    scope: 'vso.code',
  },
  { ...reading('pullRequest.getById', 'GET git/pullrequests/{id}', pullRequest), scope: 'vso.code' },
  { ...reading('commit.get', 'GET git/repositories/{repository}/commits/{id}', commit), scope: 'vso.code' },
  { ...reading('build.get', 'GET build/builds/{id}', build), scope: 'vso.build' },
];

function find(call: ApiCall, kind: Artifact['kind']): Artifact {
  const id = pathParam(call, 'id');
  const artifact = call.organization.artifacts.find(
    (one) => one.kind === kind && one.id.toLowerCase() === id,
  );
  if (!artifact) throw resourceNotFound(`The ${kind} ${id}`);
  return artifact;
}

function pullRequest(call: ApiCall): JsonObject {
  const { id, title, state, repositoryId } = find(call, 'pull request');
  const { url } = call.organization;
  return {
    pullRequestId: Number(id),
    title,
    status: state,
    repository: { id: repositoryId, name: 'web', webUrl: `${url}/_git/web` },
    url: `${url}/_apis/git/repositories/${repositoryId}/pullRequests/${id}`,
  };
}

function commit(call: ApiCall): JsonObject {
  const { id, title } = find(call, 'commit');
  return { commitId: id, comment: title, remoteUrl: `${call.organization.url}/_git/web/commit/${id}` };
}

function build(call: ApiCall): JsonObject {
  const { id, title, state } = find(call, 'build');
  requiredProject(call);
  const [status, result] = state.split(':');
  return {
    id: Number(id),
    buildNumber: title,
    status: status ?? '',
    ...(result !== undefined && { result }),
    _links: { web: { href: `${call.organization.url}/_build/results?buildId=${id}` } },
  };
}
