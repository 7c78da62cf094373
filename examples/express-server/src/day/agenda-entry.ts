import type { AgendaItem } from '@context-sdk/context';

/** A kind shows by its color, its mark and its word. */
const KINDS = {
  task: { mark: '☐', word: 'Task' },
  event: { mark: '◷', word: 'Event' },
  'work-item': { mark: '◆', word: 'Work item' },
} as const;

export interface AgendaEntry {
  index: number;
  kind: AgendaItem['kind'];
  mark: string;
  word: string;
  title: string;
  time: string;
  url: string | undefined;
  /** With what its buttons need, of a task. */
  task: { id: string; projectId: string } | undefined;
}

function timeOf({ start, end, allDay }: AgendaItem, timeZone: string): string {
  if (allDay || start === undefined) return 'All day';
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return end === undefined ? clock.format(start) : `${clock.format(start)}–${clock.format(end)}`;
}

export function agendaEntry(item: AgendaItem, index: number, timeZone: string): AgendaEntry {
  const { kind, title, url } = item;
  const { mark, word } = KINDS[kind];
  const task = kind === 'task' ? item.task : undefined;
  const isBlocked = kind === 'task' && item.block !== undefined;
  const time = timeOf(item, timeZone);
  return {
    index,
    kind,
    mark,
    word: isBlocked ? `${word}, time blocked` : word,
    title: title || 'Untitled',
    time,
    url,
    task,
  };
}
