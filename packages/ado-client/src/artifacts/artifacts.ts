import type { CallOptions } from '@context-sdk/oauth-core';
import { type HttpRequest, isObject, textOf } from '@context-sdk/oauth-core/client-kit';
import { ContextSdkError } from '@context-sdk/oauth-core/errors';
import { checkedId } from '../input.ts';
import { RELATION_TYPE, relationsIn } from '../model/relation.ts';
import type { WorkItemRelation } from '../model/work-item.ts';
import { getWorkItem } from '../requests/work-item-requests.ts';
import type { AdoCall, AdoContext } from '../wire.ts';

/** A pull request, commit or build that a work item links to. */
export interface LinkedArtifact {
  kind: 'pull-request' | 'commit' | 'build';
  id: string;
  title?: string;
  /** Of a pull request `active`, `completed` or `abandoned`; of a build its result, or its status while it runs. */
  state?: string;
  /** Its page. */
  url?: string;
  /** Why it could not be read, for example a token without the scope `vso.code` or `vso.build`. */
  error?: ContextSdkError;
}

interface Place {
  kind: LinkedArtifact['kind'];
  id: string;
  project: string | undefined;
  repository: string | undefined;
}

/** Some programs write a percent sign that begins nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Where `vstfs:///Git/PullRequestId/{project}/{repository}/{id}` leads; undefined for other artifacts. */
function placeOf({ rel, url }: WorkItemRelation): Place | undefined {
  if (rel !== RELATION_TYPE.artifact) return undefined;
  const [, kind = '', rest = ''] =
    /^vstfs:\/\/\/(Git\/PullRequestId|Git\/Commit|Build\/Build)\/(.+)$/i.exec(url) ?? [];
  const parts = decoded(rest).split('/');
  const id = parts.at(-1) ?? '';
  const [project, repository] = parts.length === 3 ? parts : [];
  switch (kind.toLowerCase()) {
    case 'git/pullrequestid':
      return { kind: 'pull-request', id, project, repository };
    case 'git/commit':
      return { kind: 'commit', id, project, repository };
    case 'build/build':
      return { kind: 'build', id, project, repository };
    default:
      return undefined;
  }
}

async function sent(
  call: AdoCall,
  { kind, id, project, repository }: Place,
  ofItem: string,
): Promise<Record<string, unknown>> {
  const params: HttpRequest['params'] = { project: project ?? ofItem, repository, id };
  const operation = (
    { 'pull-request': 'artifacts.pullRequest', commit: 'artifacts.commit', build: 'artifacts.build' } as const
  )[kind];
  return (await call.send(operation, { params })).object();
}

function text(value: unknown): string | undefined {
  return textOf(value) || undefined;
}

/** The page of a pull request is not in its response: it follows that of its repository. */
function described({ kind, id }: Place, value: Record<string, unknown>): LinkedArtifact {
  const member = (object: unknown, name: string): unknown => (isObject(object) ? object[name] : undefined);
  const repositoryUrl = text(member(value['repository'], 'webUrl'));
  const shown = {
    'pull-request': {
      title: value['title'],
      state: value['status'],
      url: repositoryUrl && `${repositoryUrl}/pullrequest/${id}`,
    },
    commit: { title: value['comment'], state: undefined, url: value['remoteUrl'] },
    build: {
      title: value['buildNumber'],
      state: value['result'] ?? value['status'],
      url: member(member(value['_links'], 'web'), 'href'),
    },
  }[kind];
  const [title, state, url] = [text(shown.title), text(shown.state), text(shown.url)];
  return { kind, id, ...(title && { title }), ...(state && { state }), ...(url && { url }) };
}

/** Code and builds that belong to work items. Scopes `vso.code` and `vso.build`, besides `vso.work`. */
export class Artifacts {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /**
   * The pull requests, commits and builds that an item links to: one request for the item and one for each. What can't be
   * read has an `error` instead.
   */
  async list(workItemId: number, options?: CallOptions): Promise<LinkedArtifact[]> {
    const call = this.#context.service.call(options);
    const { relations, fields } = await getWorkItem(call, checkedId(workItemId, 'workItemId'), {
      expand: 'relations',
    });
    const places = relationsIn(relations).flatMap((relation) => placeOf(relation) ?? []);
    return await Promise.all(
      places.map(async (place) => {
        try {
          return described(place, await sent(call, place, fields['System.TeamProject'] ?? ''));
        } catch (error) {
          if (!(error instanceof ContextSdkError) || call.signal?.aborted) throw error;
          return { kind: place.kind, id: place.id, error };
        }
      }),
    );
  }
}
