import { checkedGuid, checkedId, checkObject, checkText } from '../input.ts';
import { type NewRelation, RELATION_TYPE } from './relation.ts';

/** A repository of Azure Repos; both are GUIDs. */
export interface RepositoryRef {
  projectId: string;
  repositoryId: string;
}

/** Of a build, what it has to do with the item. */
export type BuildLinkName = 'Build' | 'Found in build' | 'Integrated in build';

type ArtifactLink = Extract<NewRelation, { rel: typeof RELATION_TYPE.artifact }>;

/** `vstfs:///Git/Commit/…`: the parts are separated by an escaped slash. */
function artifact(kind: string, ids: readonly (string | number)[], name: string): ArtifactLink {
  const id = ids.map((part) => encodeURIComponent(part)).join('%2F');
  return { rel: RELATION_TYPE.artifact, url: `vstfs:///${kind}/${id}`, name };
}

function repository({ projectId, repositoryId }: RepositoryRef): [string, string] {
  return [checkedGuid(projectId, 'projectId'), checkedGuid(repositoryId, 'repositoryId')];
}

/** What a link leads to, by its parts. */
function parts<T extends object>(to: T): T {
  checkObject(to, 'to');
  return to;
}

function text(value: string, field: string): string {
  checkText(value, field);
  return value;
}

/**
 * Links to code, builds and pages, each with the name that Azure DevOps asks for
 * (docs/facts/azure-devops.md#relations). Throws {@link InvalidRequestError} naming the part that can't be right.
 */
export const artifactLink = {
  /** `main` and `refs/heads/main` mean the same branch. */
  branch: (to: RepositoryRef & { branch: string }): NewRelation => {
    const { branch, ...place } = parts(to);
    const name = text(branch, 'branch').replace(/^refs\/heads\//, '');
    return artifact('Git/Ref', [...repository(place), `GB${name}`], 'Branch');
  },
  commit: (to: RepositoryRef & { commit: string }): NewRelation => {
    const { commit, ...place } = parts(to);
    return artifact('Git/Commit', [...repository(place), text(commit, 'commit')], 'Fixed in Commit');
  },
  pullRequest: (to: RepositoryRef & { pullRequestId: number }): NewRelation => {
    const { pullRequestId, ...place } = parts(to);
    const id = checkedId(pullRequestId, 'pullRequestId');
    return artifact('Git/PullRequestId', [...repository(place), id], 'Pull Request');
  },
  build: (to: { buildId: number; name?: BuildLinkName }): NewRelation => {
    const { buildId, name = 'Build' } = parts(to);
    return artifact('Build/Build', [checkedId(buildId, 'buildId')], name);
  },
  /** `path` as the wiki shows it, such as `/Home/Releases`. */
  wikiPage: (to: { projectId: string; wikiId: string; path: string }): NewRelation => {
    const { projectId, wikiId, path } = parts(to);
    const place = [checkedGuid(projectId, 'projectId'), checkedGuid(wikiId, 'wikiId')];
    return artifact('Wiki/WikiPage', [...place, text(path, 'path').replace(/^\//, '')], 'Wiki Page');
  },
  /** `repositoryId`: the GUID that Azure Boards has for the connected repository. */
  gitHubPullRequest: (to: { repositoryId: string; number: number }): NewRelation => {
    const { repositoryId, number } = parts(to);
    const ids = [checkedGuid(repositoryId, 'repositoryId'), checkedId(number, 'number')];
    return artifact('GitHub/PullRequest', ids, 'GitHub Pull Request');
  },
  gitHubCommit: (to: { repositoryId: string; commit: string }): NewRelation => {
    const { repositoryId, commit } = parts(to);
    const ids = [checkedGuid(repositoryId, 'repositoryId'), text(commit, 'commit')];
    return artifact('GitHub/Commit', ids, 'GitHub Commit');
  },
};
