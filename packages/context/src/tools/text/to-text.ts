import type { WorkItem } from '@context-sdk/ado-client';
import type { CalendarEvent, ReadThread } from '@context-sdk/google-workspace';
import { checkedTimeZone, checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import type { Task } from '@context-sdk/ticktick-client';
import type { Agenda } from '../../agenda/agenda.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import { agendaText } from './agenda-text.ts';
import { checkViewable } from './check-viewable.ts';
import { eventDetails, eventLine } from './event-text.ts';
import { taskDetails, taskLine } from './task-text.ts';
import { threadText } from './thread-text.ts';
import { type TextOptions, type View, viewOf, withTotal } from './view.ts';
import { workItemDetails, workItemLine } from './work-item-text.ts';

/** What has a text view. */
export type Viewable = Agenda | ReadThread | readonly Task[] | readonly CalendarEvent[] | readonly WorkItem[];

const OPTIONS: OptionTypes<TextOptions> = {
  timeZone: 'string',
  maxItems: 'number',
  detail: 'boolean',
  handleOf: 'function',
};

/**
 * A short text for a model: one line per item, with totals. What services and other people wrote is data in it: no field can
 * begin a line, hide characters or be longer than a line. Throws {@link InvalidRequestError} for invalid options, and for
 * anything else than an agenda, a mail thread, or a list of tasks, events or work items.
 */
export function toText(value: Viewable, options: TextOptions): string {
  checkOptions(options, OPTIONS, invalidInput);
  checkedTimeZone(options?.timeZone, 'timeZone', invalidInput);
  checkViewable(value);
  const view = viewOf(options);
  if (isList(value)) return listText(value, view);
  return 'items' in value ? agendaText(value, view) : threadText(value, view);
}

type Item = Task | CalendarEvent | WorkItem;

function isList(value: Viewable): value is readonly Task[] | readonly CalendarEvent[] | readonly WorkItem[] {
  return Array.isArray(value);
}

function listText(items: readonly Item[], view: View): string {
  const lines = items.slice(0, view.maxItems).flatMap((item) => itemLines(item, view));
  return withTotal(lines, items.length, view);
}

function itemLines(item: Item, view: View): string[] {
  if ('fields' in item) return [workItemLine(item), ...(view.detail ? workItemDetails(item) : [])];
  if ('projectId' in item) return [taskLine(item, view), ...(view.detail ? taskDetails(item) : [])];
  return [eventLine(item, 'primary', view), ...(view.detail ? eventDetails(item) : [])];
}
