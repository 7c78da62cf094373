import { type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { completeRules } from '../options/check-links-options.ts';
import type { LinkConflict, LinkField, LinkRules } from '../options/links-options.ts';
import { isThere, isUnreadable, overwriteJson, readWhole, updateJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { deleteUnder } from '../records/list-keys.ts';
import { recordsUnder } from '../records/read-under.ts';
import { isLinkedItem, isLinkRecord, type LinkedItem, type LinkRecord, tasksOfItem } from './link-record.ts';
import { type ConflictState, LINK_FIELDS, type SideState } from './link-state.ts';
import type { Link } from './link.ts';

/** A record with its version in the store. */
export interface VersionedLink {
  record: LinkRecord;
  version: string | undefined;
}

/** The links of one user. */
export class LinkRecords {
  readonly #store: RecordStore;
  readonly #userId: string;

  constructor(store: RecordStore, userId: string) {
    this.#store = store;
    this.#userId = userId;
  }

  /** A record that can't be read counts as missing. */
  async read(taskId: string): Promise<VersionedLink | undefined> {
    return await this.#readAt(keys.link(this.#userId, taskId));
  }

  async *all(): AsyncGenerator<LinkRecord> {
    for await (const { value } of recordsUnder(this.#store, keys.links(this.#userId)))
      if (isLinkRecord(value)) yield value;
  }

  /** Writes a record that nobody has written since it was read. Throws {@link StoreError} `lease-lost` otherwise. */
  async save(record: LinkRecord, version: string | undefined): Promise<string> {
    const key = keys.link(this.#userId, record.taskId);
    for (const { kind, id } of record.sides) {
      if (kind === 'work-item') await this.#rememberItem(id, record.taskId);
    }
    // One that is there already stays.
    if (version === undefined) await this.#store.compareAndSet(keys.hasLinks(this.#userId), undefined, '{}');
    const next = await this.#store.compareAndSet(key, version, JSON.stringify(record));
    if (next === undefined) throw new StoreError('lease-lost', 'The link was changed by another process.');
    return next;
  }

  /** Remembers what TickTick told of a task. */
  async markDeleted(taskId: string, isDeleted: boolean): Promise<void> {
    await updateJson<LinkRecord>(this.#store, keys.link(this.#userId, taskId), (record) => {
      if (!isLinkRecord(record) || (record.isDeleted === true) === isDeleted) return undefined;
      const { isDeleted: _, ...rest } = record;
      return isDeleted ? { ...rest, isDeleted } : rest;
    });
  }

  /** Remembers that the host has heard of a conflict. */
  async markTold(taskId: string, { field, values }: LinkConflict): Promise<void> {
    const isSame = (conflict: ConflictState): boolean =>
      conflict.field === field && JSON.stringify(conflict.values) === JSON.stringify(values);
    await updateJson<LinkRecord>(this.#store, keys.link(this.#userId, taskId), (record) =>
      isLinkRecord(record)
        ? {
            ...record,
            conflicts: record.conflicts.map((one) => (isSame(one) ? { ...one, isTold: true } : one)),
          }
        : undefined,
    );
  }

  /** The tasks whose links have this work item. */
  async tasksOfItem(itemId: number): Promise<string[]> {
    const key = keys.linkedItem(this.#userId, String(itemId));
    const item = await readWhole(this.#store, key, isLinkedItem);
    return item === undefined ? [] : tasksOfItem(item);
  }

  /** Whether a side belongs to a task besides this one that is not deleted. */
  async hasOther(
    { kind, id, owner }: Pick<SideState, 'kind' | 'id' | 'owner'>,
    taskId: string,
  ): Promise<boolean> {
    if (kind !== 'work-item') return false;
    for (const other of await this.tasksOfItem(Number(id))) {
      const { record } = (other !== taskId && (await this.read(other))) || {};
      const isOf = record?.sides.some((side) => side.kind === kind && side.id === id && side.owner === owner);
      const isGone = record?.isDeleted ?? record?.sides.some((side) => side.kind === 'task' && side.isGone);
      if (isOf && !isGone) return true;
    }
    return false;
  }

  /** Whether the user has any link. Takes one read of the store for a user who never had one. */
  async hasAny(): Promise<boolean> {
    if (!(await isThere(this.#store, keys.hasLinks(this.#userId)))) return false;
    return (await this.#store.list(keys.links(this.#userId), { limit: 1 })).length > 0;
  }

  async delete(taskId: string): Promise<void> {
    const found = await this.read(taskId);
    for (const { kind, id } of found?.record.sides ?? []) {
      if (kind === 'work-item') await this.#forgetItem(id, taskId);
    }
    await this.#store.delete(keys.link(this.#userId, taskId));
  }

  /** Deletes a link that was written after its account was left. */
  async deleteLeft(taskId: string): Promise<void> {
    await this.delete(taskId);
    if (!(await this.hasAny())) await this.#store.delete(keys.hasLinks(this.#userId));
  }

  async deleteAll(): Promise<void> {
    await deleteUnder(this.#store, keys.links(this.#userId));
    await deleteUnder(this.#store, keys.linkedItems(this.#userId));
    await this.#store.delete(keys.hasLinks(this.#userId));
  }

  /** Takes the sides of an account out of all links. */
  async dropSides(owner: string): Promise<void> {
    for await (const { taskId, sides } of this.all()) {
      const dropped = sides.filter((side) => side.owner === owner && side.kind !== 'task');
      if (dropped.length === 0) continue;
      await updateJson<LinkRecord>(this.#store, keys.link(this.#userId, taskId), (record) =>
        isLinkRecord(record)
          ? {
              ...record,
              sides: record.sides.filter((side) => side.owner !== owner || side.kind === 'task'),
            }
          : undefined,
      );
      for (const { kind, id } of dropped) {
        if (kind === 'work-item') await this.#forgetItem(id, taskId);
      }
    }
  }

  async #rememberItem(itemId: string, taskId: string): Promise<void> {
    const key = keys.linkedItem(this.#userId, itemId);
    const known = await readWhole(this.#store, key, isLinkedItem);
    if (known === undefined) return await overwriteJson(this.#store, key, { taskId });
    if (tasksOfItem(known).includes(taskId)) return;
    await updateJson<LinkedItem>(this.#store, key, (item = { taskId }) =>
      tasksOfItem(item).includes(taskId) ? undefined : { ...item, more: [...(item.more ?? []), taskId] },
    );
  }

  /** Other tasks may have the same item. */
  async #forgetItem(itemId: string, taskId: string): Promise<void> {
    const key = keys.linkedItem(this.#userId, itemId);
    const known = await readWhole(this.#store, key, isLinkedItem);
    const [first, ...more] = known === undefined ? [] : tasksOfItem(known).filter((id) => id !== taskId);
    if (first === undefined) await this.#store.delete(key);
    else await overwriteJson(this.#store, key, { taskId: first, ...(more.length > 0 && { more }) });
  }

  async #readAt(key: string): Promise<VersionedLink | undefined> {
    try {
      const stored = await this.#store.get(key);
      const value = stored && parseJsonObject(stored.value);
      return isLinkRecord(value) ? { record: value, version: stored?.version } : undefined;
    } catch (error) {
      if (isUnreadable(error)) return undefined;
      throw error;
    }
  }
}

/** A link as hosts see it. */
export function publicLink(record: LinkRecord, common: LinkRules | undefined): Link {
  const { taskId, createdAt, agreed, sides, conflicts } = record;
  const valuesOf = (read: (field: LinkField) => string | undefined): Link['values'] =>
    Object.fromEntries(
      LINK_FIELDS.flatMap((field) => {
        const value = read(field);
        return value === undefined ? [] : [[field, value]];
      }),
    );
  return {
    taskId,
    createdAt,
    rules: completeRules(record.rules, common),
    values: valuesOf((field) => agreed[field]?.value),
    sides: sides.map(({ kind, id, version, fields, isGone }) => ({
      side: kind,
      id,
      ...(version !== undefined && { version }),
      values: valuesOf((field) => fields[field]?.seen),
      ...(isGone && { isGone }),
    })),
    conflicts: conflicts.map(({ field, values }) => ({ field, values })),
    refused: sides.flatMap(({ kind, id, fields }) =>
      LINK_FIELDS.flatMap((field) => {
        const { refused } = fields[field] ?? {};
        return refused !== undefined && refused === agreed[field]?.round ? [{ field, side: kind, id }] : [];
      }),
    ),
  };
}
