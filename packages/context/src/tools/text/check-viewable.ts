import { isObject } from '@context-sdk/oauth-core/client-kit';
import { invalidInput } from '../../utils/input-checks.ts';

/** What an item of an agenda holds, by its kind. */
const HOLDS: Readonly<Record<string, string>> = { task: 'task', event: 'event', 'work-item': 'workItem' };

/** Throws {@link InvalidRequestError} for what has no text view. Fields of items may be missing: services leave them out. */
export function checkViewable(value: unknown): void {
  if (Array.isArray(value)) {
    if (!value.every(isItem)) throw invalidInput('value', 'has an item that is no task, event or work item');
  } else if (isObject(value) && 'items' in value) checkAgenda(value);
  else if (!isObject(value) || !isListOf(value['messages'], isReadMessage)) {
    throw invalidInput('value', 'is not an agenda, a mail thread, or a list of tasks, events or work items');
  }
}

function checkAgenda(agenda: Record<string, unknown>): void {
  const {
    items,
    undated,
    errors,
    calendarErrors,
    overdue = [],
    undatedTasks = [],
    skippedTasks = [],
  } = agenda;
  if (!isListOf(items, isAgendaItem)) throw invalidInput('value.items', 'is not a list of agenda items');
  if (!isListOf(undated, isWorkItem)) throw invalidInput('value.undated', 'is not a list of work items');
  if (!isListOf(overdue, isAgendaItem)) throw invalidInput('value.overdue', 'is not a list of agenda items');
  for (const [name, list] of Object.entries({ undatedTasks, skippedTasks })) {
    if (!isListOf(list, isObject)) throw invalidInput(`value.${name}`, 'is not a list of objects');
  }
  for (const [name, found] of Object.entries({ errors, calendarErrors })) {
    const isWhole = isObject(found) && Object.values(found).every(isObject);
    if (!isWhole) throw invalidInput(`value.${name}`, 'is not an object of errors');
  }
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && Array.from<unknown>(value).every(isOne);
}

function isItem(item: unknown): boolean {
  return isObject(item) && (!('fields' in item) || isObject(item['fields']));
}

function isWorkItem(item: unknown): boolean {
  return isObject(item) && isObject(item['fields']);
}

function isAgendaItem(item: unknown): boolean {
  if (!isObject(item) || typeof item['day'] !== 'string') return false;
  const held = item[HOLDS[String(item['kind'])] ?? ''];
  return item['kind'] === 'work-item' ? isWorkItem(held) : isObject(held);
}

function isReadMessage(message: unknown): boolean {
  return isObject(message) && isObject(message['mail']) && Array.isArray(message['mail']['to']);
}
