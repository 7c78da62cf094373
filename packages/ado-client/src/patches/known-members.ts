import { invalid } from '../errors.ts';
import { checkObject } from '../input.ts';
import type { NewWorkItem, WorkItemChanges, WorkItemInput } from './work-item-input.ts';

type Members<Input> = Readonly<Record<keyof Input, true>>;

const COMMON: Members<WorkItemInput> = {
  title: true,
  state: true,
  reason: true,
  areaPath: true,
  iterationPath: true,
  fields: true,
  history: true,
};

const CHANGES: Members<WorkItemChanges> = {
  ...COMMON,
  description: true,
  reproSteps: true,
  assignedTo: true,
  tags: true,
  priority: true,
  parent: true,
  relations: true,
};

const CREATION: Members<NewWorkItem> = { ...CHANGES, project: true, type: true };

/** Throws {@link InvalidRequestError} naming the member that changes to an item don't have. */
export function checkChanges(changes: WorkItemChanges, at: string): void {
  checkMembers(changes, CHANGES, at, 'changes');
}

/** Throws {@link InvalidRequestError} naming the member that a new item doesn't have. */
export function checkCreation(input: NewWorkItem, at: string): void {
  checkMembers(input, CREATION, at, 'input');
}

function checkMembers(input: object, known: object, at: string, name: string): void {
  checkObject(input, at.replace(/\.$/, '') || name);
  const unknown = Object.keys(input).find((member) => !Object.hasOwn(known, member));
  if (unknown === undefined) return;
  const field = `${at}${unknown}`;
  if (unknown.includes('.')) throw invalid(field, 'is the reference name of a field: give it in fields');
  if (unknown === 'parentId') throw invalid(field, 'is unknown: the item above is parent');
  throw invalid(field, 'is unknown');
}
