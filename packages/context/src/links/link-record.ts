import { isObject } from '@context-sdk/oauth-core/client-kit';
import type { LinkRules } from '../options/links-options.ts';
import { isId, isNumber, isText, isTime, listOf, mapOf, shapeOf } from '../records/shape.ts';
import type { LinkState } from './link-state.ts';

/** What is stored of a link. */
export interface LinkRecord extends LinkState {
  taskId: string;
  /** Where the task was last seen. */
  projectId?: string;
  /** The account of the task. */
  owner: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** What differs from the context's rules. */
  rules: LinkRules;
  /** Whether TickTick has told that the task was deleted: by its id it can still be read. */
  isDeleted?: true;
}

const FIELD = shapeOf(
  { seen: isText, round: isNumber },
  { tried: listOf(shapeOf({ value: isText })), tail: isText, refused: isNumber },
);

const SIDE = shapeOf(
  { kind: isText, id: isText, owner: isText, fields: mapOf(FIELD) },
  { version: isText, made: mapOf(isText), openState: isText },
);

const LINK = shapeOf(
  {
    taskId: isText,
    owner: isText,
    createdAt: isTime,
    rules: isObject,
    agreed: mapOf(shapeOf({ value: isText, round: isNumber })),
    sides: listOf(SIDE),
    conflicts: listOf(shapeOf({ field: isText, values: listOf(isObject) })),
  },
  { projectId: isText },
);

/** Whether a record is that of a link. */
export function isLinkRecord(value: unknown): value is LinkRecord {
  return LINK(value);
}

/** The tasks that a work item is linked to. */
export interface LinkedItem {
  taskId: string;
  /** The others, if there are several. */
  more?: string[];
}

const LINKED_ITEM = shapeOf({ taskId: isId }, { more: listOf(isId) });

/** Whether a record says which tasks a work item is linked to. */
export function isLinkedItem(value: unknown): value is LinkedItem {
  return LINKED_ITEM(value);
}

export function tasksOfItem({ taskId, more = [] }: LinkedItem): string[] {
  return [taskId, ...more];
}
