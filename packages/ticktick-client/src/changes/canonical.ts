import { isObject } from '@context-sdk/oauth-core/client-kit';
import { readWireDate } from '../dates/task-dates.ts';

/** Lists whose order means nothing. */
const SETS = new Set(['tags', 'reminders', 'childIds']);

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function idOf(item: unknown): string {
  return isObject(item) ? textIn(item['id']) : textIn(item);
}

function byId(one: unknown, other: unknown): number {
  return idOf(one) < idOf(other) ? -1 : 1;
}

function listOf(name: string, values: readonly unknown[]): unknown[] | undefined {
  const items = values.map((value) => canonical('', value)).filter((value) => value !== undefined);
  if (items.length === 0) return undefined;
  if (SETS.has(name)) return items.map((item) => textIn(item).toLowerCase()).toSorted();
  return name === 'items' ? items.toSorted(byId) : items;
}

/**
 * A value in the one form that stands for all in which TickTick's routes write it: absent, null, empty, `0` and false are one,
 * and so are orders of tags, keys and items. Undefined for what counts as absent.
 */
export function canonical(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return listOf(name, value);
  if (isObject(value)) {
    const members = Object.entries(value).flatMap(([key, member]) => {
      const form = canonical(key, member);
      return form === undefined ? [] : [[key, form] as const];
    });
    return members.length === 0
      ? undefined
      : Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
  if (!value) return undefined;
  if (typeof value !== 'string' || !/(Date|Time)$/.test(name)) return value;
  return readWireDate(value) ?? value;
}
