import { current, type Update, type WorkItem } from './work-item.ts';

/** Adds a step to an item's history. */
export function addUpdate(item: WorkItem, update: Omit<Update, 'id' | 'rev'>): Update {
  const added: Update = { id: item.updates.length + 1, rev: current(item).rev, ...update };
  item.updates.push(added);
  return added;
}
