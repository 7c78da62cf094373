import { isObject } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { checkList, checkText } from '../input.ts';

/** All tags anew, or some more and some less. */
export type TagChanges =
  readonly string[] | { add?: readonly string[] | undefined; remove?: readonly string[] | undefined };

/** Whether changes are all tags anew. */
export function isTagList(tags: TagChanges): tags is readonly string[] {
  return Array.isArray(tags);
}

/** Throws for a tag that Azure DevOps would split or refuse (docs/facts/azure-devops.md#tags). */
export function checkTags(tags: unknown, field: string): void {
  checkList(tags, field);
  for (const [index, tag] of (tags as unknown[]).entries()) {
    checkText(tag, `${field}[${index}]`);
    if (/[;,]/.test(tag as string))
      throw invalid(`${field}[${index}]`, 'has a ; or , in it, which part tags');
  }
}

export function checkTagChanges(tags: unknown, field: string): void {
  if (Array.isArray(tags)) return checkTags(tags, field);
  if (!isObject(tags)) throw invalid(field, 'is neither a list nor { add, remove }');
  for (const name of ['add', 'remove'])
    if (tags[name] !== undefined) checkTags(tags[name], `${field}.${name}`);
}

export function joinTags(tags: readonly string[]): string {
  return tags.map((tag) => tag.trim()).join('; ');
}

function key(tag: string): string {
  return tag.trim().toLowerCase();
}

/** What is left of the tags; case does not tell them apart. */
export function changedTags(
  present: readonly string[],
  { add = [], remove = [] }: Exclude<TagChanges, readonly string[]>,
): string[] {
  const removed = new Set(remove.map(key));
  const tags = new Map<string, string>();
  for (const tag of [...present.filter((one) => !removed.has(key(one))), ...add]) {
    if (!tags.has(key(tag))) tags.set(key(tag), tag);
  }
  return [...tags.values()];
}
