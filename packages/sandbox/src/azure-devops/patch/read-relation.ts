import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { attachmentNotFound, linkEndNotFound, patchFailed } from '../failures.ts';
import type { Organization } from '../organization/organization.ts';
import { findRelationType } from '../work-items/relation-types.ts';
import { attachmentIdOf, FAR_FUTURE, wireDate, workItemIdOf, workItemUrl } from '../work-items/wire.ts';
import type { Relation } from '../work-items/work-item.ts';
import type { TemporaryIds } from './patch-operation.ts';

/** Reads `{ rel, url, attributes }` and completes it as the service does. */
export function readRelation(
  organization: Organization,
  value: JsonValue,
  temporaryIds: TemporaryIds,
): Relation {
  if (!isJsonObject(value)) throw patchFailed('A relation must be an object with rel and url.');
  const { rel, url } = value;
  if (typeof rel !== 'string' || typeof url !== 'string' || url === '') {
    throw patchFailed('A relation must be an object with rel and url.');
  }
  const type = findRelationType(rel);
  if (!type) throw patchFailed(`The relation type ${rel} does not exist.`);
  const attributes = isJsonObject(value['attributes']) ? value['attributes'] : {};
  return type.usage === 'workItemLink'
    ? readLink(organization, type.rel, withoutTemporaryId(url, temporaryIds), attributes)
    : readResource(organization, type.rel, url, attributes);
}

function readLink(organization: Organization, rel: string, url: string, attributes: JsonObject): Relation {
  const target = workItemIdOf(url);
  if (target === undefined) throw patchFailed(`The URL of a ${rel} link must be a work item's.`);
  if (!organization.find(target)) throw linkEndNotFound(target);
  return {
    rel,
    url: workItemUrl(organization, target),
    attributes: { isLocked: false, ...attributes },
    target,
  };
}

/** `…/workItems/-1` is an item that the same batch creates. */
function withoutTemporaryId(url: string, temporaryIds: TemporaryIds): string {
  const [, before = '', id] = /^(.*\/workitems\/)(-\d+)$/i.exec(url) ?? [];
  const real = id === undefined ? undefined : temporaryIds.get(Number(id));
  return real === undefined ? url : `${before}${real}`;
}

const ARTIFACT_NAMES: ReadonlySet<string> = new Set([
  'Branch',
  'Build',
  'Fixed in Changeset',
  'Fixed in Commit',
  'Found in build',
  'GitHub Commit',
  'GitHub Issue',
  'GitHub Pull Request',
  'Integrated in build',
  'Integrated in release environment',
  'Pull Request',
  'Tag',
  'Wiki Page',
]);

/** An artifact link says by its name what it is, and leads to a `vstfs:` URL. */
function checkArtifact(url: string, { name }: JsonObject): void {
  if (typeof name !== 'string' || name === '') {
    throw patchFailed('The attribute name of an ArtifactLink is missing.');
  }
  if (!ARTIFACT_NAMES.has(name)) throw patchFailed(`TF401028: The link type '${name}' is not known.`);
  if (!url.startsWith('vstfs:///')) throw patchFailed(`The URL ${url} is not that of an artifact.`);
}

function readResource(
  organization: Organization,
  rel: string,
  url: string,
  attributes: JsonObject,
): Relation {
  const date = wireDate(organization.clock.now());
  const common = {
    authorizedDate: date,
    id: organization.nextRelationId(),
    resourceCreatedDate: date,
    resourceModifiedDate: date,
    revisedDate: FAR_FUTURE,
  };
  if (rel === 'ArtifactLink') checkArtifact(url, attributes);
  if (rel !== 'AttachedFile')
    return { rel, url, attributes: { ...common, ...attributes }, target: undefined };
  const id = attachmentIdOf(url);
  const attachment = id === undefined ? undefined : organization.attachments.find(id);
  if (!attachment || attachment.missing > 0) throw attachmentNotFound(id ?? url);
  return {
    rel,
    url: `${organization.url}/_apis/wit/attachments/${attachment.id}`,
    attributes: {
      ...common,
      resourceSize: attachment.bytes.length,
      name: attachment.fileName,
      ...attributes,
    },
    target: undefined,
  };
}
