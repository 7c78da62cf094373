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

/** The members of changes to an item. */
export const CHANGE_MEMBERS: Members<WorkItemChanges> = {
  ...COMMON,
  description: true,
  reproSteps: true,
  assignedTo: true,
  tags: true,
  priority: true,
  parent: true,
  relations: true,
};

/** The members of a new item. */
export const CREATION_MEMBERS: Members<NewWorkItem> = { ...CHANGE_MEMBERS, project: true, type: true };
