import { textOf } from '../../json.ts';
import { type ApiRoute, listOf, reading } from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';
import { workItemUrl } from '../work-items/wire.ts';

/** Microsoft's tools and what of theirs an item can link to (Work Items - Artifact Link Types - List). */
const LINK_TYPES = [
  { toolType: 'Build', artifactType: 'Build', linkType: 'Build' },
  { toolType: 'Git', artifactType: 'Commit', linkType: 'Fixed in Commit' },
  { toolType: 'Git', artifactType: 'PullRequestId', linkType: 'Pull Request' },
  { toolType: 'Git', artifactType: 'Ref', linkType: 'Branch' },
  { toolType: 'Wiki', artifactType: 'WikiPage', linkType: 'Wiki Page' },
];

/** Which items link to something that isn't a work item. */
export const ARTIFACT_LINK_ROUTES: readonly ApiRoute[] = [
  reading('artifactLinkType.list', 'GET wit/artifactlinktypes', () => listOf(LINK_TYPES)),
  reading('artifactUri.query', 'POST wit/artifacturiquery', ({ organization, request }) => {
    const uris = property(readObject(request), 'artifactUris');
    if (!Array.isArray(uris)) throw invalidValue('The property artifactUris must be a list.');
    const items = [...organization.items.values()].filter((item) => !item.deletion);
    const found = uris.map(textOf).map((uri) => {
      const linked = items.filter(({ relations }) =>
        relations.some(({ url }) => url.toLowerCase() === uri.toLowerCase()),
      );
      return [uri, linked.map(({ id }) => ({ id, url: workItemUrl(organization, id) }))] as const;
    });
    return { artifactUrisQueryResult: Object.fromEntries(found) };
  }),
];
