import type { CallOptions, RecordStore } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import { ConflictError, type ContextSdkError } from '@context-sdk/oauth-core/errors';
import type { Lease } from '@context-sdk/oauth-core/store-kit';
import { errors, SERVICE } from '../../errors.ts';
import { asSent, checkText, exactNumbers, unread } from '../../input.ts';
import type { TickTickCall } from '../../operations.ts';
import { readTask } from '../find-task.ts';
import type { ChecklistItem, ResolvedRef, Task } from '../task.ts';
import { orLost } from './look-at-task.ts';
import type { TaskWriter } from './task-writer.ts';

/** How changes of a checklist keep out of each other's way. */
export interface ItemOptions extends CallOptions {
  /** Shared by processes that change the same checklists: one of them at a time changes a task's. */
  store?: RecordStore | undefined;
  /** What the records in `store` begin with. Default: `ticktick/items`. */
  key?: string | undefined;
}

/** A change of a checklist, and how to tell from a later list that it has been made. */
export interface ItemChange {
  /** `sent`: the items as they came, with what can't be read of them, so that it stays. */
  apply(sent: readonly unknown[], items: readonly ChecklistItem[]): unknown[];
  isMade(items: readonly ChecklistItem[]): boolean;
}

const MAX_ATTEMPTS = 4;

/** Texts are trimmed and have LF as the end of a line where TickTick stores them. */
function stored(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

function isItem(item: unknown, itemId: string): item is Record<string, unknown> {
  return isObject(item) && item['id'] === itemId;
}

/** Adds items. One that another change has overwritten is added again, and only that one. */
export function addition(titles: readonly string[]): ItemChange {
  for (const title of titles) checkText(title, 'title');
  let before: Set<string | undefined> | undefined;
  const missing = (items: readonly ChecklistItem[]): string[] => {
    const added = items.filter(({ id }) => !before?.has(id)).map(({ title }) => stored(title));
    return titles.filter((title) => {
      const at = added.indexOf(stored(title));
      if (at >= 0) added.splice(at, 1);
      return at < 0;
    });
  };
  return {
    apply: (sent, items) => {
      before ??= new Set(items.map(({ id }) => id));
      return [...sent, ...missing(items).map((title) => ({ title, status: 0 }))];
    },
    isMade: (items) => titles.length === 0 || (before !== undefined && missing(items).length === 0),
  };
}

/** Changes one item. Throws {@link NotFoundError} if the checklist doesn't have it. */
export function edit(itemId: string, fields: Partial<ChecklistItem>): ItemChange {
  const isMade = (items: readonly ChecklistItem[]): boolean => {
    const item = items.find(({ id }) => id === itemId);
    if (item === undefined) throw errors.notFound(`item ${itemId} in the checklist`);
    const { title = item.title, status = item.status ?? 0 } = fields;
    return item.title === stored(title) && (item.status ?? 0) === status;
  };
  return {
    isMade,
    apply: (sent) =>
      sent.map((item) => {
        if (!isItem(item, itemId)) return item;
        const { completedTime: _, ...rest } = item;
        const changed = { ...(fields.status === 0 ? rest : item), ...fields };
        const numbers = exactNumbers.get(item);
        if (numbers !== undefined) exactNumbers.set(changed, numbers);
        return changed;
      }),
  };
}

export function removal(itemId: string): ItemChange {
  return {
    isMade: (items) => items.every(({ id }) => id !== itemId),
    apply: (sent) => sent.filter((item) => !isItem(item, itemId)),
  };
}

/**
 * Reads the checklist, changes it, and looks whether the change is there: TickTick replaces the whole list, so a change that was
 * made at the same time can overwrite it, or its response be lost. What can't be read of the list is sent back as it came. Throws
 * {@link ConflictError} if it keeps being overwritten, and {@link UnexpectedResponseError} for what is no list.
 */
export async function changeItems(
  { id, projectId }: ResolvedRef,
  change: ItemChange,
  writer: TaskWriter,
  call: TickTickCall,
  lease?: Lease<null>,
): Promise<Task> {
  let lost: ContextSdkError | undefined;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const task = await readTask(id, projectId, call);
    const { items = [] } = task;
    if (unread.get(task)?.includes('items')) throw errors.unexpected('answered without a list', 'items');
    if (change.isMade(items)) return task;
    lease?.signal.throwIfAborted();
    const changed = change.apply(asSent.get(items) ?? items, items);
    lost = await orLost(writer.update(task, { items: changed }, call), call);
  }
  const task = await readTask(id, projectId, call);
  if (change.isMade(task.items ?? [])) return task;
  if (lost) throw lost;
  throw new ConflictError('Other changes of the checklist keep overwriting this one.', { service: SERVICE });
}
