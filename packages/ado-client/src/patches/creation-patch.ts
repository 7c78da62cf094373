import { checkList, checkMembers, checkText } from '../input.ts';
import { RELATION_TYPE, wireRelation } from '../model/relation.ts';
import { inputOperations, type PatchOperation } from './field-operations.ts';
import { CREATION_MEMBERS } from './known-members.ts';
import { checkTags, joinTags } from './tags.ts';
import type { NewWorkItem } from './work-item-input.ts';

/** A bug's form has no description: what describes it are its repro steps. */
function describedAsItsTypeDoes(input: NewWorkItem): NewWorkItem {
  const isBug = input.type.toLowerCase() === 'bug';
  if (!isBug || input.description === undefined || input.reproSteps !== undefined) return input;
  return { ...input, reproSteps: input.description, description: undefined };
}

/** The patch that makes an item. Throws {@link InvalidRequestError} naming the field that can't be right. */
export function creationPatch(input: NewWorkItem, organizationUrl: string, at = ''): PatchOperation[] {
  checkMembers(input, CREATION_MEMBERS, at, 'input');
  checkText(input.type, `${at}type`);
  checkText(input.title, `${at}title`);
  const { tags = [], parent, relations = [] } = input;
  checkTags(tags, `${at}tags`);
  checkList(relations, `${at}relations`);
  const above = parent === undefined ? [] : [{ rel: RELATION_TYPE.parent, id: parent }];
  return [
    ...inputOperations(describedAsItsTypeDoes(input), at),
    ...(tags.length > 0 ? [{ op: 'add' as const, path: '/fields/System.Tags', value: joinTags(tags) }] : []),
    ...above.map((relation) => added(wireRelation(relation, organizationUrl, `${at}parent`))),
    ...relations.map((relation, index) =>
      added(wireRelation(relation, organizationUrl, `${at}relations[${index}]`)),
    ),
  ];
}

function added(relation: object): PatchOperation {
  return { op: 'add', path: '/relations/-', value: relation };
}
