import { unexpected } from '../errors.ts';
import { checkMembers } from '../input.ts';
import { tagsOf, type WorkItem } from '../model/work-item.ts';
import { inputOperations, type PatchOperation } from './field-operations.ts';
import { CHANGE_MEMBERS } from './known-members.ts';
import { needsRelations, relationOperations } from './relation-operations.ts';
import { changedTags, checkTagChanges, isTagList, joinTags } from './tags.ts';
import type { WorkItemChanges } from './work-item-input.ts';

const TAGS = '/fields/System.Tags';

/** Stands in for an item that need not be read. */
const UNREAD: Pick<WorkItem, 'fields' | 'url'> = { fields: {}, url: '' };

function changesLinks({ parent, relations }: WorkItemChanges): boolean {
  return parent !== undefined || relations !== undefined;
}

function removesTags({ tags }: WorkItemChanges): boolean {
  return tags !== null && tags !== undefined && !isTagList(tags) && (tags.remove?.length ?? 0) > 0;
}

/** Whether links have to be found among those that the item has, and so be checked after they are changed. */
export function looksUpLinks(changes: WorkItemChanges): boolean {
  return changesLinks(changes) && needsRelations(changes);
}

/** Whether these changes depend on what the item is: to remove a tag is to write the ones that stay. */
export function dependsOnItem(changes: WorkItemChanges): boolean {
  return removesTags(changes) || looksUpLinks(changes);
}

/** `add` appends to the tags, `replace` overwrites them (docs/facts/azure-devops.md#tags). */
function tagOperations(
  changes: WorkItemChanges,
  item: Pick<WorkItem, 'fields'>,
  at: string,
): PatchOperation[] {
  const { tags } = changes;
  if (tags === undefined) return [];
  if (tags === null) return [{ op: 'remove', path: TAGS }];
  checkTagChanges(tags, `${at}tags`);
  if (isTagList(tags)) return [{ op: 'replace', path: TAGS, value: joinTags(tags) }];
  const { add = [] } = tags;
  if (!removesTags(changes)) return add.length === 0 ? [] : [{ op: 'add', path: TAGS, value: joinTags(add) }];
  const stored: unknown = item.fields['System.Tags'] ?? '';
  if (typeof stored !== 'string')
    throw unexpected('answered with tags that are no text', 'fields.System.Tags');
  const present = tagsOf(item);
  const wanted = joinTags(changedTags(present, tags));
  return wanted === joinTags(present) ? [] : [{ op: 'replace', path: TAGS, value: wanted }];
}

/** The patch for changes to an item. Throws {@link InvalidRequestError} naming the field that can't be right. */
export function changesPatch(
  changes: WorkItemChanges,
  organizationUrl: string,
  { item = UNREAD, at = '' }: { item?: Pick<WorkItem, 'fields' | 'relations' | 'url'>; at?: string } = {},
): PatchOperation[] {
  checkMembers(changes, CHANGE_MEMBERS, at, 'changes');
  // A value takes the place of the tags that are there, as it does of any other field's value.
  const operations = inputOperations(changes, at).map((operation): PatchOperation =>
    operation.op === 'add' && operation.path.toLowerCase() === TAGS.toLowerCase()
      ? { ...operation, op: 'replace' }
      : operation,
  );
  const isHistory = ({ path }: PatchOperation): boolean => path === '/fields/System.History';
  return [
    ...operations.filter((operation) => !isHistory(operation)),
    ...tagOperations(changes, item, at),
    ...operations.filter(isHistory),
    ...(changesLinks(changes) ? relationOperations(changes, item, organizationUrl, at) : []),
  ];
}

/** The condition that an item is still at a revision; Azure DevOps answers 412 where it is not. */
export function ifStillAt(rev: number): PatchOperation {
  return { op: 'test', path: '/rev', value: rev };
}
