import { isObject, type ServiceResponse, textOf } from '@context-sdk/oauth-core/client-kit';
import { invalid, unexpected } from '../errors.ts';
import { checkedId, checkList, checkObject, checkText } from '../input.ts';
import type { WorkItem, WorkItemRelation } from './work-item.ts';

/** The links that most processes use, seen from the item that has them. `client.relations.types()` lists all. */
export const RELATION_TYPE = {
  parent: 'System.LinkTypes.Hierarchy-Reverse',
  child: 'System.LinkTypes.Hierarchy-Forward',
  related: 'System.LinkTypes.Related',
  predecessor: 'System.LinkTypes.Dependency-Reverse',
  successor: 'System.LinkTypes.Dependency-Forward',
  duplicate: 'System.LinkTypes.Duplicate-Forward',
  duplicateOf: 'System.LinkTypes.Duplicate-Reverse',
  attachment: 'AttachedFile',
  hyperlink: 'Hyperlink',
  artifact: 'ArtifactLink',
} as const;

/** What may be said of every link to make. */
interface RelationText {
  comment?: string | undefined;
}

/** A link to make: to another item by its `id`, or to anything else by its `url`. {@link artifactLink} makes those to code and builds. */
export type NewRelation = RelationText &
  (
    | { rel: string; id: number; url?: never; name?: never }
    | { rel: typeof RELATION_TYPE.artifact; url: string; name: string; id?: never }
    | { rel: typeof RELATION_TYPE.attachment; url: string; name?: string | undefined; id?: never }
    | { rel: typeof RELATION_TYPE.hyperlink | `${string}.${string}`; url: string; name?: never; id?: never }
  );

const REF_MEMBERS = ['rel', 'id', 'url'];
const MEMBERS = [...REF_MEMBERS, 'name', 'comment'];

/**
 * Links that an item has: what is given has to be alike; `id` means an item of this organization. A number is the place
 * in `relations`, which another writer may change without a new revision: prefer `url`.
 */
export type RelationRef =
  number | { rel?: string | undefined; id?: number | undefined; url?: string | undefined };

/** The id of the item that a link leads to; undefined for links to anything else. */
export function relatedId(relation: Pick<WorkItemRelation, 'url'>): number | undefined {
  const url = relation?.url;
  const id = typeof url === 'string' ? /\/_apis\/wit\/workitems\/(\d+)$/i.exec(url)?.[1] : undefined;
  return id === undefined ? undefined : Number(id);
}

/** The ids of the items that `rel` leads to. The item has to be read with `expand: 'relations'`. */
export function relatedIds(item: Pick<WorkItem, 'relations'>, rel: string): number[] {
  checkObject(item, 'item');
  const { relations = [] } = item;
  checkList(relations, 'item.relations');
  checkText(rel, 'rel');
  return relations.flatMap((relation) => {
    const id = isOfType(relation, rel) ? relatedId(relation) : undefined;
    return id === undefined ? [] : [id];
  });
}

/** The parent's id, from the field or the relations, whichever was read. */
export function parentIdOf(item: Pick<WorkItem, 'fields' | 'relations'>): number | undefined {
  checkObject(item, 'item');
  checkObject(item.fields, 'item.fields');
  return item.fields['System.Parent'] ?? relatedIds(item, RELATION_TYPE.parent)[0];
}

/** The ids of the children. The item has to be read with `expand: 'relations'`. */
export function childIdsOf(item: Pick<WorkItem, 'relations'>): number[] {
  return relatedIds(item, RELATION_TYPE.child);
}

function isOfType(relation: WorkItemRelation, rel: string): boolean {
  return typeof relation?.rel === 'string' && relation.rel.toLowerCase() === rel.toLowerCase();
}

/**
 * A URL of the service in one spelling, that of the API, without its project and the name of a file: an organization has two hosts, and what was
 * sent is not always what comes back.
 */
function oneSpelling(url: string): string {
  return url
    .toLowerCase()
    .replace(/^https:\/\/([^./]+)\.visualstudio\.com\/(?:defaultcollection\/)?/, 'https://dev.azure.com/$1/')
    .replace(/\/_workitems\/edit\/(\d+)(?:[/?#].*)?$/, '/_apis/wit/workitems/$1')
    .replace(/^(https:\/\/dev\.azure\.com\/[^/]+)\/[^/]+(?=\/_apis\/wit\/)/, '$1')
    .replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}(?=\/_apis\/wit\/)/, '')
    .replace(/(\/_apis\/wit\/(?:workitems|attachments)\/[^/?]+)\?.*$/, '$1');
}

/** Where the work items of an organization are: what precedes `_apis`, without the project. An item's URL may not be readable. */
function placeOf(url: unknown): string | undefined {
  return /^(.+?)\/_apis\/wit\//.exec(oneSpelling(textOf(url) ?? ''))?.[1];
}

/** Where a link leads, in one spelling. Below `place`, where the items of a server are, a name is that of a project. */
function targetOf({ rel, url }: Pick<WorkItemRelation, 'rel' | 'url'>, place?: string): string {
  const isPage = rel.toLowerCase() === RELATION_TYPE.hyperlink.toLowerCase();
  if (isPage) return url.toLowerCase();
  const spelled = oneSpelling(url);
  if (place === undefined || !spelled.startsWith(`${place}/`)) return spelled;
  return place + spelled.slice(place.length).replace(/^\/[^/]+(?=\/_apis\/wit\/)/, '');
}

/** Whether a link leads to an item of another organization, which may have the same number as one of this. */
function isRemote({ rel, url }: WorkItemRelation, itemUrl: unknown): boolean {
  const here = placeOf(itemUrl);
  return /\.remote\./i.test(rel) || (here !== undefined && placeOf(url) !== here);
}

/** Whether a link is what `ref` means; `itemUrl` is that of the item that has it. */
export function isThatRelation(
  relation: WorkItemRelation,
  index: number,
  ref: RelationRef,
  itemUrl: string,
): boolean {
  if (typeof ref === 'number') return index === ref;
  const { rel, id, url } = ref;
  const place = placeOf(itemUrl);
  return (
    (rel === undefined || isOfType(relation, rel)) &&
    (id === undefined || (relatedId(relation) === id && !isRemote(relation, itemUrl))) &&
    (url === undefined || targetOf(relation, place) === targetOf({ rel: relation.rel, url }, place))
  );
}

/** What makes a link that link: its kind and where it leads. */
export function relationKey(relation: Pick<WorkItemRelation, 'rel' | 'url'>): string {
  return `${relation.rel.toLowerCase()} ${targetOf(relation)}`;
}

function isLink(value: unknown): value is WorkItemRelation {
  return isObject(value) && typeof value['rel'] === 'string' && typeof value['url'] === 'string';
}

/** What of a list are links; none if it is no list. */
export function relationsIn(list: unknown): WorkItemRelation[] {
  return Array.isArray(list) ? list.filter(isLink) : [];
}

/** Leads nowhere, and is what nobody means. */
const NO_LINK: WorkItemRelation = { rel: '', url: '' };

/** An item's links, each at its place. Throws {@link UnexpectedResponseError} for what is no list: links would be taken for absent. */
export function linksOf({ relations }: { relations?: unknown }): WorkItemRelation[] {
  const list = relations ?? [];
  if (!Array.isArray(list)) throw unexpected('answered without a list of links', 'relations');
  return list.map((one: unknown) => (isLink(one) ? one : NO_LINK));
}

/** Reports the links of an item that can't be read. */
export function reportOddLinks(item: ServiceResponse): void {
  const links = item.member('relations', []);
  const { value } = links;
  if (!Array.isArray(value)) return item.skip('relations');
  for (const [index, link] of value.entries()) if (!isLink(link)) links.skip(index);
}

function refuseUnknown(value: object, members: readonly string[], field: string): void {
  const unknown = Object.keys(value).find((member) => !members.includes(member));
  if (unknown === undefined) return;
  throw invalid(`${field}.${unknown}`, `is unknown: a link has ${members.join(', ')}`);
}

export function checkRelationRef(ref: RelationRef, field: string): void {
  if (typeof ref === 'number') {
    if (!Number.isSafeInteger(ref) || ref < 0)
      throw invalid(field, 'is not a place in the list of relations');
    return;
  }
  checkObject(ref, field);
  // One that is misspelt would make the others mean more links.
  refuseUnknown(ref, REF_MEMBERS, field);
  if (ref.id !== undefined) checkedId(ref.id, `${field}.id`);
  if (ref.rel === undefined && ref.id === undefined && ref.url === undefined)
    throw invalid(field, 'is empty');
}

function checkNewRelation(relation: NewRelation, field: string): void {
  checkObject(relation, field);
  refuseUnknown(relation, MEMBERS, field);
  const { rel, id, url, name, comment } = relation;
  checkText(rel, `${field}.rel`);
  if (id !== undefined && url !== undefined) throw invalid(field, 'has both id and url');
  if (id === undefined) checkText(url, `${field}.url`);
  if (comment !== undefined && typeof comment !== 'string')
    throw invalid(`${field}.comment`, 'is not a string');
  // Without it Azure DevOps refuses the link (docs/facts/azure-devops.md#relations).
  if (rel === RELATION_TYPE.artifact || name !== undefined) checkText(name, `${field}.name`);
}

/** A link in the form that Azure DevOps reads. */
export function wireRelation(relation: NewRelation, organizationUrl: string, field: string): object {
  checkNewRelation(relation, field);
  const { rel, id, url, name, comment } = relation;
  const attributes = { ...(name !== undefined && { name }), ...(comment !== undefined && { comment }) };
  return {
    rel,
    url: url ?? `${organizationUrl}/_apis/wit/workItems/${checkedId(id, `${field}.id`)}`,
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}
